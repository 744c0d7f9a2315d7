import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { readPanel, sendAndRead } from "../../src/tools/vscode/panel.ts";
import type { Workbench } from "../../src/tools/vscode/workbench.ts";
import { patient, requestLine, screenshotPath, useVsCode } from "./support.ts";

describe("Editing in VS Code", patient, () => {
  const stage = useVsCode();
  const file = "editing.https";
  let window: Workbench;

  before(async () => {
    const { url } = stage().demo.servers.api;
    await writeFile(
      stage().path("http-client.env.json"),
      JSON.stringify({ dev: { base: url, page: "books" }, stage: { base: url, page: "no-such-page" } }),
    );
    const requests = [
      "### Named",
      "GET {{base}}/{{page}}",
      "### Asked",
      "# @secret-prompt PADLOCK_DEMO_TOKEN Your PIN",
      "GET {{base}}/books",
      "X-Pin: {{PADLOCK_DEMO_TOKEN}}",
      "### Stored",
      "GET {{base}}/books",
      "X-Key: {{$secret PADLOCK_DEMO_TOKEN}}",
      "### Refused",
      `GET ${url}/books`,
      "X-Key: {{$env.PADLOCK_DEMO_PASSPHRASE}}",
      "### Begun",
      "GET {{base}}/books",
      "",
      "",
    ];
    await writeFile(stage().path(file), requests.join("\n"));
    window = await stage().open(file);
    await window.waitForCodeLens("Send");
  }, patient);

  after(() => window?.close());

  test(
    "an environment is chosen from a list, shown in the language status and kept after a reload",
    patient,
    async () => {
      await window.runCommand("Padlock: Select Environment");
      const row = window.page.locator(".quick-input-list .monaco-list-row", {
        hasText: /^dev.*http-client\.env\.json/,
      });
      await row.waitFor();
      await window.screenshot(screenshotPath("environments"));
      await row.click();
      await statusSays("Environment: dev");
      await window.page.reload();
      await window.waitForCodeLens("Send");
      await statusSays("Environment: dev");
    },
  );

  test("a secret is asked for behind a mask, and its value is nowhere on the screen", patient, async () => {
    await window.clickCodeLensAt("Send", await requestLine(stage().path(file), "Asked"));
    const box = window.page.locator(".quick-input-widget input[type=password]");
    await box.waitFor();
    assert.match(
      (await window.page.locator(".quick-input-title").textContent()) ?? "",
      /^PADLOCK_DEMO_TOKEN — editing\.https:4$/,
    );
    await box.fill("4711-pin-value");
    await box.press("Enter");
    const panel = await window.waitForPanel();
    await panel.locator("[data-state=response]").waitFor();
    assert.equal((await readPanel(panel)).status, "200 OK");
    assert.doesNotMatch((await panel.locator("body").textContent()) ?? "", /4711-pin-value/);
  });

  test("a secret is stored behind a mask, sent, and deleted", patient, async () => {
    await window.runCommand("Padlock: Set Secret");
    await answer("Set a Secret", "text", "PADLOCK_DEMO_TOKEN");
    await answer("Secret “PADLOCK_DEMO_TOKEN”", "password", "stored-value-1");
    const line = await requestLine(stage().path(file), "Stored");
    assert.equal((await sendAndRead(window, line)).status, "200 OK");
    await window.runCommand("Padlock: Delete Secret");
    const row = window.page.locator(".quick-input-list .monaco-list-row", { hasText: "PADLOCK_DEMO_TOKEN" });
    await row.click();
    await row.waitFor({ state: "hidden" });
    assert.equal((await sendAndRead(window, line)).state, "failure");
  });

  test("a secret is allowed for a host by a quick fix, after a question", patient, async () => {
    await window.goToLine((await requestLine(stage().path(file), "Refused")) + 1);
    await window.page.locator(".squiggly-warning").first().waitFor();
    await window.page.keyboard.press("End");
    await window.page.keyboard.press("ArrowLeft");
    await window.page.keyboard.press("ArrowLeft");
    await window.page.keyboard.press("ArrowLeft");
    await window.page.keyboard.press("Control+.");
    await window.page
      .locator(".action-widget .monaco-list-row", { hasText: "PADLOCK_DEMO_PASSPHRASE" })
      .first()
      .click();
    const dialog = window.page.locator(".monaco-dialog-box");
    await dialog.waitFor();
    assert.match((await dialog.textContent()) ?? "", /Send the secret PADLOCK_DEMO_PASSPHRASE to localhost:\d+\?/);
    await window.screenshot(screenshotPath("allow-secret"));
    await dialog.locator(".monaco-button", { hasText: "Allow" }).click();
    await dialog.waitFor({ state: "hidden" });
    await window.page.locator(".squiggly-warning").first().waitFor({ state: "hidden" });
    const line = await requestLine(stage().path(file), "Refused");
    assert.equal((await sendAndRead(window, line)).status, "200 OK");
  });

  test("completion and hover say what they know", patient, async () => {
    await window.goToLine(await requestLine(stage().path(file), "Begun"));
    await window.page.keyboard.press("End");
    await window.page.keyboard.type("\nAcc");
    await window.page.keyboard.press("Control+Space");
    const suggestion = window.page.locator(".suggest-widget .monaco-list-row", { hasText: "Accept" }).first();
    await suggestion.waitFor();
    await window.screenshot(screenshotPath("completion"));
    await window.page.keyboard.press("Escape");
    await window.page.locator(".view-line span", { hasText: "page" }).last().hover();
    await window.page.locator(".monaco-hover:visible", { hasText: "books" }).first().waitFor();
    await window.screenshot(screenshotPath("hover"));
    assert.deepEqual(window.problems, []);
  });

  /** Types into the box of this title; `password` is one that shows dots. */
  async function answer(title: string, type: "text" | "password", text: string): Promise<void> {
    await window.page.locator(".quick-input-title:visible").getByText(title, { exact: true }).waitFor();
    const box = window.page.locator(`.quick-input-widget input[type=${type}]:visible`);
    await box.fill(text);
    await box.press("Enter");
  }

  /** Hovers over the braces in the status bar, where VS Code shows what a language has to say. */
  async function statusSays(text: string): Promise<void> {
    await window.page.locator("[id='status.languageStatus']").hover();
    await window.page.locator(".hover-language-status", { hasText: text }).first().waitFor();
    await window.page.mouse.move(0, 0);
  }
});
