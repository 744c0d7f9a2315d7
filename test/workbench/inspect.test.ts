import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { sendAndRead } from "../../src/tools/vscode/panel.ts";
import type { Workbench } from "../../src/tools/vscode/workbench.ts";
import { createTestPki } from "../support/pki.ts";
import { startTlsServer, type TlsServer } from "../support/servers.ts";
import { notified } from "./notified.ts";
import { patient, requestLine, screenshotPath, useVsCode } from "./support.ts";

describe("Inspect TLS in VS Code", patient, () => {
  const stage = useVsCode();
  const file = "inspect.https";
  let server: TlsServer;
  let window: Workbench;

  before(async () => {
    const { root, server: identity } = await createTestPki();
    server = await startTlsServer({ cert: identity.chainPem + root.certificatePem, key: identity.privateKeyPem });
    await writeFile(stage().path(file), `### Unknown\nGET https://127.0.0.1:${server.port}/\n`);
    window = await stage().open(file);
    await window.waitForCodeLens("Send");
  }, patient);

  after(async () => {
    await window?.close();
    await server?.close();
  });

  test(
    "a failed handshake leads to the inspection, which leads to trust and to a verified server",
    patient,
    async () => {
      const at = `127.0.0.1:${server.port}`;
      const line = await requestLine(stage().path(file), "Unknown");
      assert.equal((await sendAndRead(window, line)).failureCode, "tls.unknown-authority");
      const panel = await window.waitForPanel();
      await panel.getByTestId("inspect").click();
      await panel.getByTestId("status").filter({ hasText: at }).waitFor();
      assert.equal(await panel.getByTestId("failure-code").textContent(), "tls.unknown-authority");
      assert.match((await panel.getByTestId("versions").textContent()) ?? "", /TLS 1\.1refused.*TLS 1\.3accepted/s);
      await window.screenshot(screenshotPath("inspection"));

      await panel.getByTestId("trust").click();
      const dialog = window.page.locator(".monaco-dialog-box");
      await dialog.locator(".monaco-button", { hasText: "Trust It for" }).click();
      await dialog.waitFor({ state: "hidden" });
      const again = await notified(window, "Inspect Again");
      await again.click();
      await panel
        .getByTestId("verdict")
        .filter({ hasText: /^Verified/ })
        .waitFor();
      assert.equal(await panel.getByTestId("failure-code").count(), 0);
      assert.equal(server.receivedBytes, 0);
    },
  );

  test("the command suggests the server of the request, and takes nothing that is no server", patient, async () => {
    await window.openFile(file);
    await window.goToLine(2);
    await window.runCommand("Padlock: Inspect TLS...");
    const box = window.page.locator(".quick-input-widget .quick-input-filter input:visible");
    await window.page.locator(".quick-input-message:visible", { hasText: "The server to look at" }).waitFor();
    assert.equal(await box.inputValue(), `127.0.0.1:${server.port}`);
    await box.fill("http://127.0.0.1");
    await window.page.locator(".quick-input-message:visible", { hasText: "http: has no TLS to look at" }).waitFor();
    await box.press("Enter");
    assert.ok(await box.isVisible());
    await box.fill(`localhost:${server.port}`);
    await box.press("Enter");
    const panel = await window.waitForPanel();
    await panel
      .getByTestId("status")
      .filter({ hasText: `localhost:${server.port}` })
      .waitFor();
    assert.equal(server.receivedBytes, 0);
    assert.deepEqual(window.problems, []);
  });
});
