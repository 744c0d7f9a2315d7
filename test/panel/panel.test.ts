import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ExchangeView } from "../../src/protocol/exchange-view.ts";
import { extraSent } from "./certificates.ts";
import { type Harness, type PanelPage, startHarness, textOf } from "./harness.ts";
import * as samples from "./samples.ts";

let harness: Harness;
let panel: PanelPage;
before(async () => {
  harness = await startHarness();
  panel = await harness.open();
});
after(() => harness.close());

async function show(exchange: ExchangeView): Promise<void> {
  await panel.send({ type: "exchange", exchange });
}
const text = (testId: string) => textOf(panel.page.getByTestId(testId).first());
const openTab = (name: string) => panel.page.getByRole("tab", { name, exact: true }).click();
const rootState = () => panel.page.locator("#panel").getAttribute("data-state");
const visibleText = () => textOf(panel.page.locator("#panel"));
async function last(type: string) {
  return (await panel.posted()).findLast((message) => message.type === type);
}

describe("the states of the panel", () => {
  test("before the first request it says what to do", async () => {
    await panel.send({ type: "empty" });
    assert.equal(await rootState(), "empty");
    assert.match(await visibleText(), /click Send above a request/);
  });

  test("a running request has a clock, is marked busy, and is canceled by button and by Escape", async () => {
    await panel.send({ type: "running", id: "run-1", method: "GET", url: "https://slow.localhost/", elapsed: 61_000 });
    assert.equal(await rootState(), "running");
    assert.equal(await panel.page.locator("#panel").getAttribute("aria-busy"), "true");
    assert.match(await visibleText(), /6[1-9]\.\d s/);
    const before = (await panel.posted()).length;
    await panel.page.getByTestId("cancel").click();
    await panel.page.keyboard.press("Escape");
    const cancel = { type: "cancel", id: "run-1" };
    assert.deepEqual((await panel.posted()).slice(before), [cancel, cancel]);
  });

  test("while the person is asked something it says so, and does not claim to be sending", async () => {
    await panel.send({ type: "running", id: "1", method: "GET", url: "https://a.test/", elapsed: 10, isAsking: true });
    assert.equal(await text("status"), "Waiting for your answer");
    assert.match(await visibleText(), /nothing is sent until then/);
    assert.doesNotMatch(await visibleText(), /Sending|waiting for the response/);
    assert.equal(await panel.page.locator("#live").textContent(), "");
    await panel.page.keyboard.press("Escape");
    assert.deepEqual(await last("cancel"), { type: "cancel", id: "1" });
  });

  test("an exchange of the history says so, with the time it was sent; the next one does not", async () => {
    await panel.send({ type: "exchange", exchange: samples.mutualTls, isPast: true });
    assert.match(await text("past"), /^From the history: \d{1,2} \w+ \d{4}, 12:04:31$/);
    await show(samples.mutualTls);
    assert.equal(await panel.page.getByTestId("past").count(), 0);
  });

  test("a response shows status, facts and verdict, and reports when it was painted", async () => {
    await show(samples.mutualTls);
    assert.equal(await rootState(), "response");
    assert.equal(await panel.page.locator("#panel").getAttribute("aria-busy"), "false");
    assert.equal(await text("status"), "200 OK");
    assert.equal(await text("verdict"), "Verified · TLS 1.3 · client certificate sent");
    assert.match(await visibleText(), /HTTP\/1\.1\s+143 ms\s+2\.4 KB \(1\.1 KB gzip\)\s+127\.0\.0\.1:8443\s+12:04:31/);
    assert.equal(await panel.page.locator("#live").textContent(), "200 OK, 143 ms, TLS verified");
    await panel.page.waitForFunction("posted.some((message) => message.type === 'rendered')");
    const rendered = await last("rendered");
    assert.ok(rendered?.type === "rendered" && rendered.id === "exchange-1" && rendered.took > 0);
    assert.deepEqual(await panel.state(), { id: "exchange-1", tab: "body" });
    await panel.page.getByTestId("send-again").click();
    assert.deepEqual(await last("sendAgain"), { type: "sendAgain" });
  });

  test("a response that is coming in grows in its place: tab and focus stay, Cancel and Escape end it", async () => {
    await panel.send({ type: "receiving", id: "run-3", exchange: samples.receiving });
    assert.equal(await rootState(), "receiving");
    assert.equal(await panel.page.locator("#panel").getAttribute("aria-busy"), "true");
    await panel.page.getByTestId("cancel").focus();
    await panel.send({ type: "receiving", id: "run-3", exchange: samples.receivedMore });
    assert.match(await textOf(panel.page.getByTestId("body")), /event: end/);
    assert.equal(await panel.page.locator("[data-testid=cancel]:focus").count(), 1);
    await openTab("Headers");
    await panel.send({ type: "receiving", id: "run-3", exchange: samples.receiving });
    assert.match(await textOf(panel.page.getByTestId("informational")), /103 Early Hints/);
    await panel.page.keyboard.press("Escape");
    assert.deepEqual((await panel.posted()).at(-1), { type: "cancel", id: "run-3" });
    await show(samples.partial);
    assert.equal(await rootState(), "failure");
    assert.match(await textOf(panel.page.getByTestId("partial")), /What had come[\s\S]*ACME/);
    assert.match(await textOf(panel.page.getByTestId("status")), /Failed/);
  });

  test("focus inside the panel goes on to the button that now matters", async () => {
    await show(samples.mutualTls);
    await panel.page.getByTestId("send-again").focus();
    await panel.send({ type: "running", id: "run-2", method: "GET", url: "https://a.localhost/", elapsed: 0 });
    assert.equal(await panel.page.locator("[data-testid=cancel]:focus").count(), 1);
    await show(samples.redirect);
    assert.equal(await panel.page.locator("[data-testid=send-again]:focus").count(), 1);
  });
});

describe("the order of Tab", () => {
  const focused = `(({ role, ariaLabel, innerText }) => [
    role, role !== "tabpanel" && (ariaLabel || innerText.trim().replace(/\\s+/g, " "))
  ].filter(Boolean).join(" "))(document.activeElement)`;

  test("is that of reading: the strip, what there is to know, the tabs, the tab's own buttons", async () => {
    await show(samples.redirected);
    await openTab("Headers");
    await panel.page.getByTestId("send-again").focus();
    const names: string[] = [];
    for (let step = 0; step < 10; step++) {
      names.push(await panel.page.evaluate<string>(focused));
      await panel.page.keyboard.press("Tab");
    }
    assert.deepEqual(names, [
      "Send again",
      "258 ms",
      "accounts.https:12",
      "Verified · TLS 1.3 · client certificate sent",
      "2 redirects",
      "tab Headers 10",
      "tabpanel",
      "Filter header fields by name or value",
      "Copy all header fields",
      "Copy Content-Type",
    ]);
  });
});

describe("the tabs of a response", () => {
  test("follow the ARIA pattern: one tab stop, arrows around, Home and End; the choice is kept", async () => {
    await show(samples.mutualTls);
    const selected = () => panel.page.getByRole("tab", { selected: true }).getAttribute("id");
    await openTab("Body");
    for (const [key, tab] of [
      ["ArrowLeft", "tab-request"],
      ["ArrowRight", "tab-body"],
      ["ArrowRight", "tab-headers"],
      ["End", "tab-request"],
      ["Home", "tab-body"],
      ["ArrowRight", "tab-headers"],
    ] as const) {
      await panel.page.keyboard.press(key);
      assert.equal(await selected(), tab);
      assert.equal(await panel.page.evaluate("document.activeElement.id"), tab);
    }
    assert.equal(await panel.page.locator("[role=tab][tabindex='0']").count(), 1);
    assert.equal(await panel.page.getByRole("tabpanel").count(), 1, "the others are hidden");
    await show(samples.redirect);
    assert.equal(await selected(), "tab-headers");
    assert.deepEqual(await panel.state(), { id: "exchange-3", tab: "headers" });
  });

  test("Body: pretty and raw, line numbers outside of the text, secrets marked", async () => {
    await show(samples.mutualTls);
    await openTab("Body");
    const body = await textOf(panel.page.getByTestId("body"));
    assert.ok(body.startsWith('{\n  "id": 42,\n'), "no line number is part of the text");
    assert.equal(await textOf(panel.page.locator("[data-testid=body] .secret")), "{{$env.API_TOKEN}}");
    await panel.page.getByRole("button", { name: "Raw" }).click();
    assert.ok((await textOf(panel.page.getByTestId("body"))).startsWith('{"id":42,'));
    await panel.page.getByRole("button", { name: "Copy body" }).click();
    assert.deepEqual(await last("copy"), { type: "copy", what: "body" });
    await panel.page.getByRole("button", { name: "Open in editor" }).click();
    await panel.page.getByRole("button", { name: "Save…" }).click();
    assert.ok((await last("openBody")) && (await last("saveBody")));
  });

  test("Body: objects fold, also by keyboard", async () => {
    await show(samples.mutualTls);
    const owner = panel.page.getByRole("button", { name: "Lines 3 to 7" });
    await owner.click();
    assert.equal(await owner.getAttribute("aria-expanded"), "false");
    assert.doesNotMatch(await textOf(panel.page.getByTestId("body")), /Ada Lovelace/);
    await panel.page.keyboard.press("ArrowRight");
    assert.match(await textOf(panel.page.getByTestId("body")), /Ada Lovelace/);
    await panel.page.keyboard.press("ArrowUp");
    await panel.page.keyboard.press("ArrowLeft");
    assert.equal((await textOf(panel.page.getByTestId("body"))).trim(), "{\n}");
  });

  test("Body: a long text is laid out in part, and whole on demand", async () => {
    await show(samples.longText);
    await openTab("Body");
    assert.equal(await panel.page.locator("[data-testid=body] .line").count(), 2_000);
    await panel.page.getByRole("button", { name: "Show all 12,002 lines" }).click();
    assert.equal(await panel.page.locator("[data-testid=body] .line").count(), 12_002);
  });

  test("Body: binary, cut and empty bodies say so", async () => {
    await show(samples.binary);
    const shown = await textOf(panel.page.getByTestId("body"));
    assert.match(shown, /Binary data/);
    assert.match(shown, /only the beginning of 68\.4 KB is shown/);
    await show(samples.redirect);
    assert.match(await textOf(panel.page.getByTestId("body")), /no body/);
  });

  test("Headers: duplicates kept, filtered, copied", async () => {
    await show(samples.mutualTls);
    await openTab("Headers");
    const rows = panel.page.locator("#panel-headers tbody tr:visible");
    assert.equal(await rows.count(), 10);
    assert.match(await visibleText(), /Lacks Secure, SameSite/);
    await panel.page.getByRole("searchbox").fill("set-cookie");
    assert.equal(await rows.count(), 2);
    await panel.page.getByRole("searchbox").fill("nothing like it");
    assert.match(await visibleText(), /No header field matches/);
    await panel.page.getByRole("searchbox").fill("");
    await panel.page.getByRole("button", { name: "Copy Cache-Control" }).click();
    assert.deepEqual(await last("copyText"), { type: "copyText", text: "no-store" });
    assert.equal(await panel.page.locator("#live").textContent(), "Copied");
  });

  test("Security: the badge opens it; connection, client certificate and chain, leaf first", async () => {
    await show(samples.mutualTls);
    await panel.page.getByTestId("verdict").click();
    assert.equal(await text("protocol"), "TLS 1.3");
    const shown = await visibleText();
    for (const part of [
      "TLS_AES_256_GCM_SHA384",
      "X25519MLKEM768",
      "post-quantum",
      "Asked for and sent:",
      "CN=alice",
      "Full",
    ]) {
      assert.ok(shown.includes(part), part);
    }
    const subjects = await panel.page.getByTestId("certificate-subject").allInnerTexts();
    assert.deepEqual(subjects, ["*.bank.localhost", "Bank Dev Intermediate", "Bank Dev Root"]);
    const leaf = panel.page.getByTestId("certificate").first();
    assert.match(await textOf(leaf), /For \*\.bank\.localhost, bank\.localhost, 127\.0\.0\.1/);
    await leaf.locator("summary").click();
    assert.match(await textOf(leaf), /18 days left[\s\S]*DNS:bank\.localhost[\s\S]*4F:1B:22[\s\S]*8F:1C:5A/);
    await leaf.getByRole("button", { name: "Copy fingerprint" }).click();
    const copied = await last("copyText");
    assert.ok(copied?.type === "copyText" && copied.text.startsWith("8F:1C:5A:03"));
    const root = panel.page.getByTestId("certificate").last();
    await root.locator("summary").click();
    await root.getByRole("button", { name: "Open PEM" }).click();
    assert.deepEqual(await last("openCertificate"), { type: "openCertificate", index: 2 });
  });

  test("Security: the chain as sent beside the one as verified, OCSP, timestamps, the way to the server", async () => {
    await show(samples.fullReport);
    await openTab("Security");
    await panel.page.getByTestId("certificate").first().locator("summary").click();
    const shown = await visibleText();
    for (const part of [
      /As verified, from the server to a root in certs\/bank-ca\.pem/,
      /3 certificates, in order, 1 not needed/,
      /OCSP staple\s+yes; the certificate asks for it \(must-staple\)\s+Status\s+good, verified/,
      /Next update\s+2026-11-28 05:59:59 UTC/,
      /CT timestamps\s+2\s+Log\s+DleUvPOuqT4zGyyZB7P3kN\+bwj1xMiXdIaklrGHFTiE=/,
      /Session tickets\s+2 tickets received, for 2 hours; never used/,
      /Tried\s+\[2001:db8::7\]:3128 failed \(ECONNREFUSED\)/,
      /in place of the host's own name/,
      /Policies\s+DV \(2\.23\.140\.1\.2\.1\)/,
      /Accepted CAs\s+not available on this runtime/,
    ]) {
      assert.match(shown, part);
    }
    const sent = await panel.page.getByTestId("sent").getByRole("listitem").allInnerTexts();
    assert.deepEqual(
      sent.map((line) => line.replace(/\s+/g, " ")),
      [
        "1 *.bank.localhost Server",
        "2 Bank Old Intermediate Not needed Copy PEM",
        "3 Bank Dev Intermediate Intermediate",
      ],
    );
    await panel.page.getByRole("button", { name: "Copy PEM of certificate 2" }).click();
    assert.deepEqual(await last("copyText"), { type: "copyText", text: extraSent.pem });
    await panel.page.getByTestId("certificate").first().getByRole("button", { name: "Copy pin" }).click();
    const pin = await last("copyText");
    assert.ok(pin?.type === "copyText" && pin.text.startsWith("sha256/"));
  });

  test("Security: the address of a proxy is not taken for the server's, and a Unix socket has none", async () => {
    await show(samples.fullReport);
    await openTab("Security");
    assert.match(await visibleText(), /via \[2001:db8::7\]:3128[\s\S]*Proxy's address\s+\[2001:db8::7\]:3128/);
    const { connection } = samples.mutualTls;
    const socket = { remoteAddress: null, remotePort: null, localAddress: null, socketPath: "/run/api.sock" };
    await show({ ...samples.mutualTls, connection: connection && { ...connection, ...socket } });
    await openTab("Security");
    assert.match(await visibleText(), /Unix socket\s+\/run\/api\.sock/);
    assert.doesNotMatch(await visibleText(), /Remote address/);
  });

  test("Security: what the runtime cannot tell is said, a reused connection too", async () => {
    await show(samples.reusedNotFound);
    await openTab("Security");
    const shown = await visibleText();
    for (const name of [
      "Cipher suite",
      "Key exchange",
      "Signature scheme",
      "Sent by the server",
      "OCSP staple",
      "CT timestamps",
    ]) {
      assert.match(shown, new RegExp(`${name}:?\\s+not available on this runtime`));
    }
    assert.match(shown, /ALPN\s+none agreed/);
    assert.match(shown, /Connection\s+Reused/);
    await openTab("Timing");
    assert.match(await visibleText(), /Reused connection: no look-up, no connect, no handshake/);
  });

  test("Security: plain http says so in the badge and in the tab", async () => {
    await show(samples.plainHttp);
    assert.equal(await text("verdict"), "Not encrypted");
    await openTab("Security");
    assert.match(await visibleText(), /This connection is not encrypted/);
  });

  test("Timing: a row for each phase with its number", async () => {
    await show(samples.mutualTls);
    await panel.page.getByRole("button", { name: "143 ms" }).click();
    const shown = await visibleText();
    for (const row of [/DNS[^\d]*1\.2 ms/, /TLS handshake[^\d]*8\.1 ms/, /Wait[^\d]*119 ms/, /Total\s+143 ms/])
      assert.match(shown, row);
    await show(samples.fullReport);
    await openTab("Timing");
    assert.match(await visibleText(), /opening the way through the proxy, after 1 failed attempt/);
  });

  test("Request: as sent, with secrets by name", async () => {
    await show(samples.mutualTls);
    await openTab("Request");
    const shown = await visibleText();
    assert.match(shown, /Bearer \{\{\$env\.API_TOKEN\}\}/);
    assert.match(shown, /Secrets are shown by name/);
    await panel.page.getByRole("button", { name: "Show in file" }).click();
    await panel.page.getByRole("button", { name: "Copy as cURL" }).click();
    assert.deepEqual(await last("reveal"), { type: "reveal", what: "request" });
    assert.deepEqual(await last("copy"), { type: "copy", what: "curl" });
  });
});

describe("masked headers", () => {
  const cookie = { part: "response", index: 6 } as const;
  const row = () => panel.page.locator("#panel-headers tbody tr").nth(cookie.index);
  const reveal = () => row().getByRole("button", { name: "Reveal Set-Cookie" });
  const hide = () => row().getByRole("button", { name: "Hide Set-Cookie" });
  const revealed = "theme=d4rk-m0de; Path=/; Secure; HttpOnly; SameSite=Lax";
  const answer = (change: object = {}) =>
    panel.send({ type: "revealed", id: "exchange-1", ...cookie, value: revealed, ...change });
  const copied = async () => {
    await row().getByRole("button", { name: "Copy Set-Cookie" }).click();
    return last("copyText");
  };
  const masked = "theme=••••••; Path=/; Secure; HttpOnly; SameSite=Lax";

  test("only what is masked can be revealed, in the response and in the request", async () => {
    await show(samples.mutualTls);
    await openTab("Headers");
    const buttons = panel.page.getByRole("button", { name: /^Reveal / });
    assert.equal(await buttons.count(), 1);
    assert.deepEqual(await copied(), { type: "copyText", text: masked });
    await openTab("Request");
    assert.equal(await buttons.count(), 1);
    await buttons.click();
    const asked = { type: "revealHeader", id: "exchange-1", part: "request", index: 2 };
    assert.deepEqual(await last("revealHeader"), asked);
  });

  test("a click asks for the value, a second one hides it again", async () => {
    await show(samples.mutualTls);
    await openTab("Headers");
    await reveal().click();
    assert.deepEqual(await last("revealHeader"), { type: "revealHeader", id: "exchange-1", ...cookie });
    assert.doesNotMatch(await visibleText(), /d4rk/, "nothing is there before the answer");
    await answer();
    assert.match(await visibleText(), /theme=d4rk-m0de; Path=\//);
    assert.equal(await hide().getAttribute("aria-pressed"), null, "its name alone says what it does");
    assert.equal(await panel.page.locator("#live").textContent(), "Set-Cookie is shown");
    assert.deepEqual(await copied(), { type: "copyText", text: revealed });
    await panel.page.getByRole("button", { name: "Copy all" }).click();
    assert.doesNotMatch(
      JSON.stringify(await last("copyText")),
      /d4rk/,
      "all header fields are copied as the view has them",
    );
    assert.doesNotMatch(JSON.stringify(await panel.state()), /d4rk/, "it is not saved");
    await hide().click();
    assert.doesNotMatch(await panel.page.content(), /d4rk/);
    assert.equal(await reveal().count(), 1);
    assert.deepEqual(await copied(), { type: "copyText", text: masked });
  });

  test("by keyboard; the focus stays on the button", async () => {
    await show(samples.mutualTls);
    await openTab("Headers");
    await reveal().focus();
    await panel.page.keyboard.press("Enter");
    await answer();
    assert.match(await visibleText(), /d4rk/);
    assert.equal(await hide().and(panel.page.locator(":focus")).count(), 1);
    await panel.page.keyboard.press("Space");
    assert.doesNotMatch(await visibleText(), /d4rk/);
    assert.equal(await reveal().and(panel.page.locator(":focus")).count(), 1);
  });

  test("goes with the exchange; an answer that nobody asked for, or of another exchange, shows nothing", async () => {
    await show(samples.mutualTls);
    await openTab("Headers");
    await answer();
    await reveal().click();
    await answer({ id: "exchange-2" });
    await answer({ index: 1 });
    assert.doesNotMatch(await panel.page.content(), /d4rk/);
    await answer();
    assert.match(await panel.page.content(), /d4rk/);
    await show(samples.mutualTls);
    assert.doesNotMatch(await panel.page.content(), /d4rk/);
    await answer();
    assert.doesNotMatch(await panel.page.content(), /d4rk/, "the earlier click does not count for the new page");
  });

  test("a value that is no longer kept is said to be so", async () => {
    await show(samples.mutualTls);
    await openTab("Headers");
    await reveal().click();
    await answer({ value: null });
    assert.match(await textOf(panel.page.locator(":focus")), /no longer in memory: send again/);
    assert.equal(await reveal().count(), 0);
  });
});

describe("failures", () => {
  test("a refused server: not sent, why, what to change, and its chain", async () => {
    await show(samples.expired);
    assert.equal(await rootState(), "failure");
    assert.equal(await text("status"), "Not sent");
    assert.equal(await text("failure-code"), "tls.expired");
    const alert = await textOf(panel.page.getByRole("alert"));
    assert.match(alert, /expired 12 days ago/);
    assert.match(alert, /Nothing was sent/);
    assert.equal(await text("certificate-subject"), "old.bank.localhost");
    assert.match(await visibleText(), /What to change[\s\S]*The refused chain/);
    assert.equal(await panel.page.getByRole("button", { name: "Open settings" }).count(), 0, "no setting is at fault");
    await panel.page.getByRole("button", { name: "Copy report" }).click();
    assert.deepEqual(await last("copy"), { type: "copy", what: "report" });
    await panel.page.locator("summary", { hasText: "Connection" }).click();
    assert.match(await visibleText(), /Cipher suite\s+not known: the handshake did not come to its end/);
  });

  test("a wrong setting: no connection, the line with carets under the cause", async () => {
    await show(samples.badSettings);
    assert.match(await textOf(panel.page.getByRole("alert")), /Nothing was sent\. No connection was made\./);
    const [line, carets] = (await textOf(panel.page.locator(".frame-code"))).split("\n");
    assert.equal(line?.indexOf('"2 sec"'), carets?.indexOf("^"));
    assert.equal(carets?.trimEnd().length, (line?.indexOf('"2 sec"') ?? 0) + '"2 sec"'.length);
    await panel.page.getByRole("button", { name: "Open settings" }).click();
    assert.ok(await last("openSettings"));
  });

  test("a request that was on its way is failed or canceled, not unsent", async () => {
    await show(samples.canceled);
    assert.equal(await text("status"), "Canceled");
    assert.match(await textOf(panel.page.getByRole("alert")), /had been sent/);
  });

  test("a chain that ends in nobody known can be trusted: the button names the exchange and a place in its chain", async () => {
    const trust = () => panel.page.getByTestId("trust");
    await show(samples.expired);
    assert.equal(await trust().count(), 0, "an expired certificate helps nobody");
    await show(samples.unknownAuthority);
    assert.equal(await trust().textContent(), "Trust this CA for this host…");
    await trust().press("Enter");
    assert.deepEqual(await last("trustAuthority"), {
      type: "trustAuthority",
      id: samples.unknownAuthority.id,
      index: 2,
    });
  });
});

describe("hostile text", () => {
  test("is shown as text, with what could hide or reorder written out", async () => {
    await show(samples.hostileServer);
    assert.equal(await panel.page.title(), "Padlock");
    assert.equal(await panel.page.locator("img, iframe, script:not([nonce]), [onerror], [style]:not(html)").count(), 0);
    for (const tab of ["Body", "Headers", "Security", "Request"]) {
      await openTab(tab);
      const shown = await visibleText();
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what must not be there.
      assert.doesNotMatch(shown, /[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/, tab);
      assert.match(shown, /\\u202E/, tab);
    }
  });

  test("is cut where it is longer than any sensible value", async () => {
    await show(samples.hostileServer);
    await openTab("Headers");
    assert.match(await visibleText(), /… 56,000 more characters/);
    await openTab("Body");
    assert.match(await visibleText(), /… 30,000 more characters on this line/);
    assert.match(await visibleText(), /Cut off here: only the beginning of 19\.1 MB is shown/);
  });
});

describe("the border to the extension", () => {
  test("a message that is not in the contract is reported and changes nothing", async () => {
    await show(samples.mutualTls);
    await panel.page.evaluate(
      "dispatchEvent(new MessageEvent('message', { data: { type: 'exchange', exchange: {} } }))",
    );
    assert.equal(await text("status"), "200 OK");
    const problem = await last("problem");
    assert.ok(problem?.type === "problem" && /message that it does not know/.test(problem.message));
  });

  test("what the policy blocks is reported, and nothing that we do is blocked", async () => {
    const fresh = await harness.open();
    for (const sample of Object.values(samples)) {
      if (typeof sample === "object") await fresh.send({ type: "exchange", exchange: sample });
    }
    await fresh.send({ type: "running", id: "1", method: "GET", url: "https://a/", elapsed: 0 });
    await fresh.send({ type: "empty" });
    assert.deepEqual(
      (await fresh.posted()).filter(({ type }) => type === "problem"),
      [],
    );
    await fresh.page.evaluate(
      "document.body.append(Object.assign(document.createElement('img'), { src: 'http://127.0.0.1:1/x.png' }))",
    );
    await fresh.page.waitForFunction("posted.some((message) => message.type === 'problem')");
    await fresh.close();
  });
});
