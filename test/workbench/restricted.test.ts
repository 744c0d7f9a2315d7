import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { sendAndRead } from "../../src/tools/vscode/panel.ts";
import { patient, requestLine, useVsCode } from "./support.ts";

describe("Restricted Mode", patient, () => {
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

  test("in a folder that is not trusted the language works, and no environment file is read", patient, async () => {
    await writeFile(stage().path("http-client.env.json"), JSON.stringify({ dev: { base: "a-value-to-hide" } }));
    await writeFile(stage().path("a.https"), "GET {{base}}/x\nAccept application/json\n");
    const window = await stage().open("a.https");
    await window.page.locator(".squiggly-error").first().waitFor();
    await window.page.locator("[id='status.languageStatus']").hover();
    await window.page.locator(".hover-language-status", { hasText: "not read in Restricted Mode" }).waitFor();
    await window.page.locator(".view-line span", { hasText: "base" }).first().hover();
    await window.page.locator(".monaco-hover:visible", { hasText: "base" }).first().waitFor();
    assert.doesNotMatch((await window.page.locator("body").textContent()) ?? "", /a-value-to-hide/);
    await window.close();
  });
});
