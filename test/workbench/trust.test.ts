import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import type { Locator } from "playwright-core";
import { markAsSeen, shownAnew } from "../../src/tools/vscode/page-scripts.ts";
import { sendAndRead } from "../../src/tools/vscode/panel.ts";
import type { Workbench } from "../../src/tools/vscode/workbench.ts";
import { createTestPki } from "../support/pki.ts";
import { startTlsServer, type TlsServer } from "../support/servers.ts";
import { notified } from "./notified.ts";
import { patient, requestLine, screenshotPath, useVsCode } from "./support.ts";

describe("Trust and certificates in VS Code", patient, () => {
  const stage = useVsCode();
  const file = "trust.https";
  let server: TlsServer;
  let window: Workbench;

  before(async () => {
    const { root, server: identity } = await createTestPki();
    // The whole chain: the root, too, is what the server says of itself.
    server = await startTlsServer({ cert: identity.chainPem + root.certificatePem, key: identity.privateKeyPem });
    await writeFile(stage().path(file), `### Unknown\nGET https://127.0.0.1:${server.port}/\n`);
    window = await stage().open(file);
    await window.waitForCodeLens("Send");
  }, patient);

  after(async () => {
    await window?.close();
    await server?.close();
  });

  const dialog = (): Locator => window.page.locator(".monaco-dialog-box");
  const settings = () => readFile(stage().path(".vscode/settings.json"), "utf8");
  async function ask(): Promise<string> {
    const panel = await window.waitForPanel();
    await panel.getByTestId("trust").click();
    await dialog().waitFor();
    return (await dialog().textContent()) ?? "";
  }

  async function press(button: string): Promise<void> {
    await dialog().locator(".monaco-button", { hasText: button }).click();
    await dialog().waitFor({ state: "hidden" });
  }

  test(
    "an unknown authority is trusted for its host once the person says so, and the request is answered",
    patient,
    async () => {
      const line = await requestLine(stage().path(file), "Unknown");
      assert.equal((await sendAndRead(window, line)).failureCode, "tls.unknown-authority");
      assert.equal(server.recorded.length, 0);
      const before = await settings();
      const names = await readdir(stage().path("certs"));

      const text = await ask();
      assert.match(text, new RegExp(`Trust “Test Root” for 127\\.0\\.0\\.1:${server.port}\\?`));
      assert.match(text, /SHA-256: (?:[0-9A-F]{2}:){31}[0-9A-F]{2}/);
      await window.screenshot(screenshotPath("trust"));
      await press("Not Now");
      assert.equal(await settings(), before);
      assert.deepEqual(await readdir(stage().path("certs")), names);

      await ask();
      await press("Trust It for");
      const again = await notified(window, "Send Again");
      await (await window.waitForPanel()).evaluate(markAsSeen);
      await again.click();
      const panel = await window.waitForPanel();
      await panel.waitForFunction(shownAnew);
      await panel.getByTestId("status").filter({ hasText: "200 OK" }).waitFor();
      assert.equal(server.recorded.length, 1);
      const written = await settings();
      assert.match(written, /\/\/ All demo servers: trust/, "comments stay");
      assert.match(written, /"certs\/127\.0\.0\.1-ca\.pem"/);
      assert.match(await readFile(stage().path("certs/127.0.0.1-ca.pem"), "utf8"), /^-----BEGIN CERTIFICATE-----/);
    },
  );

  test(
    "certificates for development are made step by step, and the settings that use them written",
    patient,
    async () => {
      await window.runCommand("Padlock: Create Development Certificates...");
      const box = window.page.locator(".quick-input-widget .quick-input-filter input:visible");
      const answer = async (prompt: RegExp, text?: string) => {
        await window.page.locator(".quick-input-message:visible", { hasText: prompt }).waitFor();
        if (text !== undefined) await box.fill(text);
        await box.press("Enter");
      };
      await answer(/The folder for the files/, "dev-certs");
      const rows = window.page.locator(".quick-input-list .monaco-list-row");
      await rows.filter({ hasText: "Server and client" }).click();
      await answer(/names of the server/, "dev.localhost, 127.0.0.1");
      await answer(/name of the client/, "alice");
      await answer(/passphrase for the client's private key/, "open sesame");
      await answer(/once more/, "open sesame");
      const use = await notified(window, "Use Them in This Workspace");
      await window.screenshot(screenshotPath("certificates"));
      const names = await readdir(stage().path("dev-certs"));
      assert.deepEqual(names.sort(), [
        ".gitignore",
        "ca-key.pem",
        "ca.pem",
        "client-alice-key.pem",
        "client-alice.pem",
        "server-dev.localhost-key.pem",
        "server-dev.localhost.pem",
      ]);
      assert.match(await readFile(stage().path("dev-certs/client-alice-key.pem"), "utf8"), /BEGIN ENCRYPTED/);
      await use.click();
      await window.page.locator(".tab", { hasText: "settings.json" }).waitFor();
      const written = await settings();
      assert.match(written, /"dev\.localhost:\*": \{[^}]*"cert": "dev-certs\/client-alice\.pem"/);
      assert.match(written, /\/\/ All demo servers: trust/);
      assert.deepEqual(window.problems, []);
    },
  );
});
