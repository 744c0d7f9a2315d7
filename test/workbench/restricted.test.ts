import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { format } from "node:util";
import { isChatter } from "../../src/tools/vscode/chatter.ts";
import { sendAndRead } from "../../src/tools/vscode/panel.ts";
import { patient, requestLine, root, useVsCode } from "./support.ts";

describe("Restricted Mode", { timeout: 3 * patient.timeout }, () => {
  const stage = useVsCode({ trust: "restricted" });

  test("in a folder that is not trusted nothing is sent", patient, async () => {
    const file = "1-first-request.https";
    const window = await stage().open(file);
    await window.waitForCodeLens("Send");
    const shown = await sendAndRead(window, await requestLine(stage().path(file), "Say hello"));
    assert.equal(shown.failureCode, "policy.untrusted-workspace");
    assert.equal(stage().demo.servers.api.requests, 0);
    await window.close();
  });

  test("no command sends, asks or reads anything, whoever calls it", patient, async () => {
    const { url } = stage().demo.servers.api;
    const requests = [
      "### one",
      `GET ${url}/echo`,
      "X: {{$env.PADLOCK_DEMO_PASSPHRASE}}",
      "Y: {{$secret KEY}}",
      "Authorization: Bearer c2VjcmV0LXRva2VuLW9mLW1pbmU",
      "",
    ];
    await writeFile(stage().path("restricted.https"), requests.join("\n"));
    const before = await readFile(stage().path(".vscode/settings.json"), "utf8");
    const { promise, resolve } = Promise.withResolvers<number>();
    const log: string[] = [];
    const window = await stage().open("restricted.https", {
      extensionTestsPath: join(root, "dist", "test", "restricted.js"),
      beforeOpen: async (page) => {
        await page.exposeFunction("codeAutomationLog", (_: string, args: readonly unknown[]) =>
          log.push(format(...args)),
        );
        await page.exposeFunction("codeAutomationExit", resolve);
      },
    });
    assert.equal(await promise, 0, log.filter((line) => !isChatter(line)).join("\n"));
    for (const server of Object.values(stage().demo.servers)) assert.equal(server.requests, 0);
    assert.equal(await readFile(stage().path(".vscode/settings.json"), "utf8"), before);
    await window.close();
  });

  test("in a folder that is not trusted the language works, and no environment file is read", patient, async () => {
    await writeFile(stage().path("http-client.env.json"), JSON.stringify({ dev: { base: "a-value-to-hide" } }));
    await writeFile(stage().path("a.https"), "GET {{base}}/x\nAccept application/json\n");
    const window = await stage().open("a.https");
    await window.page.locator(".squiggly-error").first().waitFor();
    await window.page.locator("[id='status.languageStatus']").hover();
    await window.page.locator(".hover-language-status", { hasText: "not read in Restricted Mode" }).waitFor();
    assert.equal(await window.page.locator(".squiggly-warning").count(), 0, "nothing is said about what was not read");
    await window.page.locator(".view-line span", { hasText: "base" }).first().hover();
    await window.page.locator(".monaco-hover:visible", { hasText: "base" }).first().waitFor();
    assert.doesNotMatch((await window.page.locator("body").textContent()) ?? "", /a-value-to-hide/);
    await window.close();
  });
});
