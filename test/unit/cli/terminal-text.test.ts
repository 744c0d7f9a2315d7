import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { prettyJson } from "../../../src/cli/json-lines.ts";
import { renderExchange } from "../../../src/cli/render/exchange.ts";
import { createStyle } from "../../../src/cli/render/style.ts";
import { terminalJson, terminalLine, terminalText } from "../../../src/cli/render/terminal-text.ts";
import {
  makeBody,
  makeCertificate,
  makeConnection,
  makeExchange,
  makeFailedExchange,
  makeResponse,
  makeTls,
} from "./views.ts";

/** What a terminal could obey: every control but tab and line feed, bidirectional and zero-width characters. */
const obeyed = /[^\P{Cc}\n\t]|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

describe("JSON over several lines", () => {
  it("is harmless to look at, and the same value", () => {
    const value = { subject: "CN=\u202e\u009b31m##vso[task]\n::x", list: [1] };
    const json = prettyJson(value);
    assert.doesNotMatch(json, obeyed);
    assert.doesNotMatch(json, /##vso\[/);
    assert.match(json, /\n {2}"list": \[\n/);
    assert.deepEqual(JSON.parse(json), value);
  });
});

describe("terminalText", () => {
  it("takes no longer for line ends and blanks alone", () => {
    const start = performance.now();
    for (const text of ["\n", " \n", "\t", "#", ":"]) terminalText(text.repeat(100_000));
    assert.ok(performance.now() - start < 1000);
  });

  const cases: readonly (readonly [what: string, text: string, shown: string])[] = [
    ["plain text, tab and line feed", "Grüße 你好 🎉\n\tok", "Grüße 你好 🎉\n\tok"],
    ["a colour (CSI)", "\u001b[31mred", "\\u001b[31mred"],
    ["the clipboard (OSC 52)", "\u001b]52;c;cm0gLXJm\u0007", "\\u001b]52;c;cm0gLXJm\\u0007"],
    ["a link (OSC 8)", "\u001b]8;;https://evil.example\u001b\\a", "\\u001b]8;;https://evil.example\\u001b\\a"],
    ["C1 controls", "\u009b2J\u009d", "\\u009b2J\\u009d"],
    ["DEL, backspace, NUL", "a\u007f\b\0", "a\\u007f\\u0008\\u0000"],
    ["a carriage return that would overwrite", "FAILED\rpassed", "FAILED\\u000dpassed"],
    ["bidirectional overrides", "a\u202eb\u2066c", "a\\u202eb\\u2066c"],
    ["zero-width characters", "pay\u200bpal\ufeff\u2060", "pay\\u200bpal\\ufeff\\u2060"],
    ["joiners inside emoji and words", "👨‍👩‍👧 می‌خواهم", "👨‍👩‍👧 می‌خواهم"],
    ["joiners where nothing joins", "pay\u200dpal\u200c", "pay\\u200dpal\\u200c"],
    ["tag characters", "a\u{e0041}", "a\\u{e0041}"],
    ["line separators", "a\u2028b\u2029", "a\\u2028b\\u2029"],
    ["a lone surrogate", "a\ud800b", "a\\ud800b"],
    [
      "an Azure Pipelines command",
      "x ##vso[task.setvariable variable=A]1",
      "x #\\u0023vso[task.setvariable variable=A]1",
    ],
    ["a GitHub Actions command", "{\n  ::add-mask::x", "{\n  \\u003a:add-mask::x"],
    ["headings and IPv6 addresses", "## Title [1]\nhttps://[::1]/", "## Title [1]\nhttps://[::1]/"],
  ];
  for (const [what, text, shown] of cases) it(what, () => assert.equal(terminalText(text), shown));

  it("keeps a single line single", () => assert.equal(terminalLine("a\nb\tc"), "a\\u000ab\\u0009c"));
});

describe("terminalJson", () => {
  it("is the same value, and harmless", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const json = terminalJson(JSON.stringify({ text }));
        assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify({ text })));
        assert.doesNotMatch(json, obeyed);
      }),
    );
  });

  it("breaks the commands of build servers", () => {
    const json = terminalJson(JSON.stringify(["##vso[task.prependpath]/tmp", "\u001b]52;c;x\u0007\u009b\u202e"]));
    assert.equal(json, '["#\\u0023vso[task.prependpath]/tmp","\\u001b]52;c;x\\u0007\\u009b\\u202e"]');
  });
});

describe("a hostile server", () => {
  const evil = "x\u001b[2J\u001b]52;c;eA==\u0007\u202e\u009b\r\n✓ Faked  GET https://bank.example";

  it("reaches the terminal through no field of an answer", () => {
    const certificate = makeCertificate({ subject: evil, issuer: evil, fingerprint256: evil });
    const verdict = {
      verified: true,
      code: null,
      reason: evil,
      trust: evil,
      findings: [{ level: "warning", text: evil }],
    } as const;
    const configured = certificate;
    const clientCertificate = { configured, requested: true, presented: true, acceptedAuthorities: [evil] };
    const keyExchange = { group: evil, bits: null, postQuantum: false };
    const tls = makeTls({
      protocol: evil,
      cipherSuite: evil,
      keyExchange,
      verdict,
      clientCertificate,
      chain: [certificate],
    });
    const body = makeBody({ kind: "text", text: evil, mediaType: evil });
    const view = makeExchange({
      request: { ...makeExchange().request, name: evil, method: evil, url: evil },
      response: makeResponse({ httpVersion: evil, statusText: evil, body }),
      connection: makeConnection({ tls }),
      verdict: { kind: "verified", text: evil },
    });
    assertHarmless(renderExchange(view, createStyle(false)));
  });

  it("nor of a failure", () => {
    const location = { file: evil, line: 1, column: 2, endColumn: 9, lineText: evil };
    const chain = [makeCertificate({ subject: evil, issuer: evil, fingerprint256: evil, notAfter: evil })];
    const verdict = { verified: false, code: "tls.expired", reason: evil, trust: evil, findings: [] } as const;
    const connection = makeConnection({ tls: makeTls({ verdict, chain }) });
    const failure = { title: evil, detail: evil, fix: evil, setting: evil, location };
    assertHarmless(renderExchange(makeFailedExchange(failure, { connection }), createStyle(false)));
  });
});

/** No control reaches the terminal, and every line but the heading is indented, so that none can fake a heading. */
function assertHarmless(text: string): void {
  assert.doesNotMatch(text, obeyed);
  const [, ...rest] = text.trimEnd().split("\n");
  for (const line of rest) assert.match(line, /^ {2}|^$/);
}
