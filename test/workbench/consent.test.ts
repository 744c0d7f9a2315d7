import assert from "node:assert/strict";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Locator } from "playwright-core";
import { markAsSeen, shownAnew } from "../../src/tools/vscode/page-scripts.ts";
import { sendAndRead } from "../../src/tools/vscode/panel.ts";
import type { Workbench } from "../../src/tools/vscode/workbench.ts";
import { patient, requestLine, screenshotPath, useVsCode } from "./support.ts";

describe("Consent in VS Code", patient, () => {
  const stage = useVsCode();
  const file = "consent.https";
  let window: Workbench;
  let outside: string;

  before(async () => {
    const { url } = stage().demo.servers.api;
    const { expired, mutual } = stage().demo.servers;
    outside = await realpath(await mkdtemp(join(tmpdir(), "padlock-outside-")));
    await writeFile(join(outside, "body.json"), "{}");
    // A workspace that tries to weaken something, and a client key whose passphrase is in no setting.
    const weakening = `"padlock.unverifiedHosts": [${JSON.stringify(new URL(expired.url).host)}],`;
    await changeSettings((text) => text.replace("{", `{ ${weakening}`).replace(/^ *"passphrase".*$/m, ""));
    const request = (title: string, reference: string) => [
      `### ${title}`,
      `GET ${url}/echo`,
      `X-Key: ${reference}`,
      "",
    ];
    const requests = [
      ...request("Unlisted", "{{$env.PADLOCK_DEMO_PASSPHRASE}}"),
      ...request("Stored", "{{$secret STORED}}"),
      ...request("Configuration", "{{$env.HOME}}"),
      ...["### Expired", `GET ${expired.url}/`, "### Locked", `GET ${mutual.url}/`],
      ...["### Outside", `POST ${url}/echo`, "", `< ${join(outside, "body.json")}`, ""],
    ];
    await writeFile(stage().path(file), requests.join("\n"));
    window = await stage().open(file);
    await window.waitForCodeLens("Send");
  }, patient);

  after(async () => {
    await window?.close();
    await rm(outside, { recursive: true, force: true });
  });

  const dialog = (): Locator => window.page.locator(".monaco-dialog-box");
  const settings = () => readFile(stage().path(".vscode/settings.json"), "utf8");
  const changeSettings = async (change: (text: string) => string) =>
    writeFile(stage().path(".vscode/settings.json"), change(await settings()));
  const received = () => stage().demo.servers.api.requests;

  /** Clicks Send and waits for the question. */
  async function sendAndAsk(title: string): Promise<string> {
    await (await window.findPanel())?.evaluate(markAsSeen);
    await window.clickCodeLensAt("Send", await requestLine(stage().path(file), title));
    await dialog().waitFor();
    return (await dialog().textContent()) ?? "";
  }

  async function press(button: string): Promise<void> {
    await dialog().locator(".monaco-button", { hasText: button }).click();
    await dialog().waitFor({ state: "hidden" });
  }

  /** What the panel says once the request has ended. */
  async function ended(state: "response" | "failure"): Promise<string> {
    const panel = await window.waitForPanel();
    await panel.waitForFunction(shownAnew);
    await panel.locator(`[data-state=${state}]`).waitFor();
    return (await panel.locator("body").textContent()) ?? "";
  }

  for (const [what, answer] of [
    ["Not Now", () => press("Not Now")],
    ["Escape", () => window.page.keyboard.press("Escape")],
    ["Enter alone", () => window.page.keyboard.press("Enter")],
    ["Space alone", () => window.page.keyboard.press("Space")],
  ] as const) {
    test(`${what} sends nothing and changes no setting`, patient, async () => {
      const [before, seen] = [await settings(), received()];
      const text = await sendAndAsk("Unlisted");
      assert.match(text, /Send the secret PADLOCK_DEMO_PASSPHRASE to localhost:\d+\?/);
      assert.match(text, /consent\.https, line 3,/);
      const panel = await window.waitForPanel();
      await panel.getByTestId("status").filter({ hasText: "Waiting for your answer" }).waitFor();
      if (what === "Not Now") await window.screenshot(screenshotPath("consent"));
      await answer();
      await dialog().waitFor({ state: "hidden" });
      assert.match(await ended("failure"), /policy\.secret-not-allowed/);
      assert.equal(received(), seen, "the server received nothing");
      assert.equal(await settings(), before);
    });
  }

  test("allowed, the secret is sent, the rule is in the settings, and nobody is asked again", patient, async () => {
    const seen = received();
    await sendAndAsk("Unlisted");
    await press("Allow for This Host");
    const body = await ended("response");
    assert.equal(received(), seen + 1);
    assert.ok(!body.includes(stage().demo.environment.PADLOCK_DEMO_PASSPHRASE ?? "?"), "the value is not shown");
    const { host } = new URL(stage().demo.servers.api.url);
    assert.ok((await settings()).replace(/\s/g, "").includes(`"PADLOCK_DEMO_PASSPHRASE":["${host}"]`));
    const again = await sendAndRead(window, await requestLine(stage().path(file), "Unlisted"));
    assert.equal(again.status, "200 OK");
    assert.equal(received(), seen + 2);
  });

  test("a stored secret cannot be called configuration", patient, async () => {
    await sendAndAsk("Stored");
    assert.equal(await dialog().locator(".monaco-button", { hasText: "It Is Not a Secret" }).count(), 0);
    await press("Not Now");
    await ended("failure");
  });

  test("what is no secret is sent, shown, and stands in padlock.publicEnv", patient, async () => {
    const seen = received();
    await sendAndAsk("Configuration");
    await press("It Is Not a Secret");
    assert.match(await ended("response"), new RegExp(process.env["HOME"] ?? "?"));
    assert.equal(received(), seen + 1);
    assert.match(await settings(), /"padlock\.publicEnv": \[\s*"HOME"\s*\]/);
    const again = await sendAndRead(window, await requestLine(stage().path(file), "Configuration"));
    assert.equal(again.status, "200 OK");
  });

  test("a file outside of the workspace is read once the person allows its folder", patient, async () => {
    const [before, seen] = [await settings(), received()];
    const text = await sendAndAsk("Outside");
    assert.match(text, /Use the file \/.*body\.json outside of this workspace\?/);
    await window.screenshot(screenshotPath("consent-path"));
    await press("Not Now");
    await ended("failure");
    assert.equal(received(), seen, "the server received nothing");
    await sendAndAsk("Outside");
    await press("Allow This Folder");
    await ended("response");
    assert.equal(received(), seen + 1);
    assert.equal(await settings(), before, "it is the person's setting, not the workspace's");
    const again = await sendAndRead(window, await requestLine(stage().path(file), "Outside"));
    assert.equal(again.status, "200 OK");
  });

  test("a workspace cannot say that a certificate need not verify", patient, async () => {
    const shown = await sendAndRead(window, await requestLine(stage().path(file), "Expired"));
    assert.equal(shown.failureCode, "tls.expired");
    assert.equal(stage().demo.servers.expired.requests, 0);
  });

  test("the passphrase of a client key is asked for behind a mask, and once", patient, async () => {
    const passphrase = stage().demo.environment.PADLOCK_DEMO_PASSPHRASE ?? "";
    const line = await requestLine(stage().path(file), "Locked");
    await (await window.findPanel())?.evaluate(markAsSeen);
    await window.clickCodeLensAt("Send", line);
    const box = window.page.locator(".quick-input-widget input[type=password]");
    await box.waitFor();
    const title = (await window.page.locator(".quick-input-title:visible").textContent()) ?? "";
    assert.match(title, /^certs\/client-key\.pem — \.vscode\/settings\.json:\d+$/);
    await window.screenshot(screenshotPath("passphrase"));
    await box.fill(passphrase);
    await box.press("Enter");
    assert.ok(!(await ended("response")).includes(passphrase));
    assert.equal((await sendAndRead(window, line)).status, "200 OK");
    assert.equal(stage().demo.servers.mutual.requests, 2);
  });

  test("a stored secret opens a client key by its name in the settings", patient, async () => {
    const line = await requestLine(stage().path(file), "Locked");
    await changeSettings((text) =>
      text.replace(/("key": .*client-key\.pem",)/, `$1 "passphrase": "$$\{secret:DEMO_KEY}",`),
    );
    // VS Code notices some time after the file was written.
    const deadline = Date.now() + 20_000;
    while ((await sendAndRead(window, line)).failureCode !== "variable.unset") assert.ok(Date.now() < deadline);
    await store("DEMO_KEY", stage().demo.environment.PADLOCK_DEMO_PASSPHRASE ?? "");
    assert.equal((await sendAndRead(window, line)).status, "200 OK");
  });

  test("stored secrets are listed by name with their hosts, changed and deleted", patient, async () => {
    await window.runCommand("Padlock: List Secrets");
    const rows = window.page.locator(".quick-input-list .monaco-list-row");
    const row = rows.filter({ hasText: "DEMO_KEY" });
    await row.waitFor();
    assert.match((await row.textContent()) ?? "", /allowed for no host here/);
    await window.screenshot(screenshotPath("secrets"));
    await row.click();
    await rows.filter({ hasText: "Change the Value" }).click();
    await answer("password", "another-value");
    assert.equal(
      (await sendAndRead(window, await requestLine(stage().path(file), "Locked"))).failureCode,
      "identity.passphrase-wrong",
    );
    await window.runCommand("Padlock: List Secrets");
    await row.click();
    await rows.filter({ hasText: "Delete" }).click();
    await window.runCommand("Padlock: List Secrets");
    await row.waitFor({ state: "hidden" });
    await window.runCommand("Notifications: Show Notifications");
    const message = window.page.locator(".notifications-center .notification-list-item-message");
    await message.filter({ hasText: "Padlock has stored no secret on this machine." }).waitFor();
    assert.deepEqual(window.problems, []);
  });

  async function store(name: string, value: string): Promise<void> {
    await window.runCommand("Padlock: Set Secret");
    await answer("text", name);
    await answer("password", value);
  }

  async function answer(type: "text" | "password", text: string): Promise<void> {
    const box = window.page.locator(`.quick-input-widget .quick-input-filter input[type=${type}]:visible`);
    await box.fill(text);
    await box.press("Enter");
  }
});
