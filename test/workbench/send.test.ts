import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { after, afterEach, before, describe, test } from "node:test";
import type { Frame } from "playwright-core";
import { readPanel, sendAndRead } from "../../src/tools/vscode/panel.ts";
import { themes } from "../../src/tools/vscode/themes.ts";
import type { Workbench } from "../../src/tools/vscode/workbench.ts";
import { accessibilityProblems } from "./axe.ts";
import { patient, requestLine, screenshotPath, useVsCode } from "./support.ts";

describe("Send in VS Code", patient, () => {
  const stage = useVsCode();
  let window: Workbench;

  /** Sends the request under a title and returns what the panel then shows. */
  async function send(file: string, title: string) {
    const path = stage().path(file);
    await window.openFile(path);
    await window.waitForCodeLens("Send");
    return sendAndRead(window, await requestLine(path, title));
  }

  before(async () => {
    window = await stage().open("1-first-request.https");
    await window.waitForCodeLens("Send");
  });

  after(() => window?.close());

  afterEach(() => {
    assert.deepEqual(window.problems, [], "no policy violation and no script error in the page");
  });

  test("shows the verified response beside the editor, which keeps the focus", patient, async () => {
    const shown = await send("1-first-request.https", "Say hello");
    assert.equal(shown.state, "response");
    assert.equal(shown.status, "200 OK");
    assert.match(shown.verdict, /^Verified · TLS 1\.3/);
    const focus = await window.focus();
    assert.ok(focus.inEditor, `the focus is in <${focus.tag}> "${focus.label}"`);
    assert.match(focus.label, /1-first-request\.https/);
    assert.equal(await window.page.locator(".editor-group-container").count(), 2);
  });

  test("the lens above the request shows the time of the last send, not of the one before it", patient, async () => {
    const line = await requestLine(stage().path("1-first-request.https"), "Say hello");
    for (let round = 0; round < 3; round++) {
      await send("1-first-request.https", "Say hello");
      const text = await (await window.waitForPanel()).locator("body").textContent();
      const time = / [\d.]+ m?s\b/.exec(text?.replaceAll("·", " ") ?? "")?.[0].trim();
      assert.ok(time, String(text));
      const lens = window.editor.locator(".codelens-decoration a", { hasText: `200 · ${time}` });
      await lens.first().waitFor();
      assert.ok((await window.codeLenses()).some((other) => other.line === line && other.title.endsWith(time)));
    }
  });

  test("the tabs show body, headers, security and timing", patient, async () => {
    await send("1-first-request.https", "Say hello");
    const panel = await window.waitForPanel();
    for (const name of ["Body", "Headers", "Security", "Timing"]) {
      await openTab(panel, name);
      assert.equal(await panel.locator("[role=tabpanel]:visible").count(), 1);
    }
    await openTab(panel, "Security");
    assert.equal((await readPanel(panel)).protocol, "TLS 1.3");
    const subjects = await panel.locator("[data-testid=certificate-subject]:visible").allTextContents();
    assert.equal(subjects[0], "localhost");
    assert.ok(subjects.length >= 2, `the chain is shown: ${subjects.join(", ")}`);
  });

  test("mutual TLS says that the client certificate was sent", patient, async () => {
    const shown = await send("2-mutual-tls.https", "Show who I am");
    assert.equal(shown.status, "200 OK");
    assert.match(shown.verdict, /client certificate sent/);
  });

  test("a secret's value is nowhere on the screen, its name is", patient, async () => {
    const shown = await send("3-secrets.https", "Send a token");
    assert.equal(shown.status, "200 OK");
    const panel = await window.waitForPanel();
    const text = await panel.locator("body").textContent();
    assert.match(text ?? "", /\{\{\$env\.PADLOCK_DEMO_TOKEN\}\}/);
    const { PADLOCK_DEMO_TOKEN } = stage().demo.environment;
    assert.ok(PADLOCK_DEMO_TOKEN && !text?.includes(PADLOCK_DEMO_TOKEN));
  });

  test("a credential is masked, shown by a key press, and masked again after the next send", patient, async () => {
    const file = "credentials.https";
    const { url } = stage().demo.servers.api;
    const value = "Basic YWRhOm1lcnJ5LWdvLXJvdW5k";
    await writeFile(stage().path(file), `### Masked\nGET ${url}/books\nAuthorization: ${value}\n`);
    await send(file, "Masked");
    const panel = await window.waitForPanel();
    await openTab(panel, "Request");
    const row = panel.locator("[role=tabpanel]:visible tr", { hasText: "Authorization" });
    const isShown = async () => ((await panel.locator("body").textContent()) ?? "").includes(value);
    assert.match((await row.textContent()) ?? "", /Basic ••••••/);
    assert.equal(await isShown(), false);
    await row.getByRole("button", { name: "Reveal Authorization" }).press("Enter");
    await row.getByRole("button", { name: "Hide Authorization" }).waitFor();
    assert.equal(await isShown(), true);
    await row.getByRole("button", { name: "Hide Authorization" }).press("Space");
    assert.equal(await isShown(), false);
    await row.getByRole("button", { name: "Reveal Authorization" }).click();
    await row.getByText(value).waitFor();
    await send(file, "Masked");
    assert.match((await row.textContent()) ?? "", /Basic ••••••/);
    assert.equal(await isShown(), false);
    await openTab(panel, "Body");
  });

  test("the history lists what was sent, and opens an entry without sending it", patient, async () => {
    await send("1-first-request.https", "A page that is not there");
    await send("1-first-request.https", "Say hello");
    const received = stage().demo.servers.api.requests;
    await window.runCommand("Padlock: Show History");
    const rows = window.page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: "/no-such-page" }).first().waitFor();
    assert.match((await rows.first().textContent()) ?? "", /200 · .*Say hello/);
    await window.screenshot(screenshotPath("history"));
    await rows.filter({ hasText: "/no-such-page" }).first().click();
    const panel = await window.waitForPanel();
    await panel.getByTestId("past").waitFor();
    assert.equal((await readPanel(panel)).status, "404 Not Found");
    assert.equal(stage().demo.servers.api.requests, received, "nothing was sent");
  });

  test("a refused certificate shows the reason and the refused chain", patient, async () => {
    const shown = await send("6-must-fail.https", "A certificate that has expired");
    assert.equal(shown.state, "failure");
    assert.equal(shown.failureCode, "tls.expired");
    assert.match(shown.verdict, /not verified/i);
    assert.equal(shown.leafSubject, "localhost");
    assert.ok((await window.focus()).inEditor);
  });

  test("a running request can be cancelled in the panel", patient, async () => {
    await send("1-first-request.https", "Say hello");
    const path = stage().path("5-slow-large-redirect.https");
    await window.openFile(path);
    await window.waitForCodeLens("Send");
    await window.clickCodeLensAt("Send", await requestLine(path, "A slow answer"));
    const panel = await window.waitForPanel();
    await panel.locator("[data-testid=cancel]").click();
    await panel.locator("[data-state=failure]").waitFor();
    assert.equal((await readPanel(panel)).failureCode, "canceled");
  });

  for (const theme of themes) {
    test(`is readable in the theme ${theme.name}`, patient, async () => {
      await window.setTheme(theme);
      await send("6-must-fail.https", "A certificate that has expired");
      await window.screenshot(screenshotPath(`failure-${theme.kind}`));
      const panel = await window.waitForPanel();
      const inFailure = await accessibilityProblems(panel);
      await send("2-mutual-tls.https", "Show who I am");
      await openTab(panel, "Security");
      await window.screenshot(screenshotPath(`response-${theme.kind}`));
      assert.deepEqual([...inFailure, ...(await accessibilityProblems(panel))], []);
    });
  }
});

async function openTab(panel: Frame, name: string): Promise<void> {
  const tab = panel.getByRole("tab", { name });
  await tab.click();
  assert.equal(await tab.getAttribute("aria-selected"), "true");
}
