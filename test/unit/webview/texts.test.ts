import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { byteSize, duration, plural } from "../../../src/common/units.ts";
import { codeFrame } from "../../../src/webview/code-frame.ts";
import { assurance, failureStatus, stoppedWhere } from "../../../src/webview/failure-words.ts";
import { bodySize, day, instant, statusLevel } from "../../../src/webview/format.ts";
import { headerNote } from "../../../src/webview/header-notes.ts";
import { urlParts } from "../../../src/webview/url-parts.ts";
import { pieces, visible } from "../../../src/webview/visible-text.ts";
import { badSettings, canceled, expired } from "../../panel/samples.ts";

describe("untrusted text", () => {
  test("control, bidirectional and invisible characters are written out", () => {
    assert.equal(visible("a\u001b[31m\u202egpj.exe\u0000\r\n"), "a\\u001B[31m\\u202Egpj.exe\\u0000\\u000D\\u000A");
    assert.equal(visible("\u200b\ufeff\u2066\u{e0041}\ud800"), "\\u200B\\uFEFF\\u2066\\u{E0041}\\uD800");
    assert.deepEqual(pieces("\u202e"), [{ kind: "escape", text: "\\u202E", name: "U+202E, right-to-left override" }]);
  });

  test("tabs, other scripts and joined emoji stay as they are", () => {
    for (const text of ["a\tb", "مرحبا", "שלום", "👩‍💻", "“mill” – Ä"]) assert.equal(visible(text), text);
  });

  test("a mask is a piece of its own", () => {
    assert.deepEqual(pieces("Bearer ••••••"), [
      { kind: "text", text: "Bearer " },
      { kind: "mask", text: "••••••" },
    ]);
  });
  test("the place of a secret is a piece of its own", () => {
    assert.deepEqual(pieces("Bearer {{$env.API_TOKEN}}!"), [
      { kind: "text", text: "Bearer " },
      { kind: "secret", text: "{{$env.API_TOKEN}}" },
      { kind: "text", text: "!" },
    ]);
    assert.deepEqual(
      pieces("{{$secret PASSWORD}}").map(({ kind }) => kind),
      ["secret"],
    );
    assert.deepEqual(
      pieces("{{name}} {{$uuid}}").map(({ kind }) => kind),
      ["text"],
    );
  });

  test("whatever comes in, nothing unsafe goes out and nothing safe is lost", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = visible(text);
        assert.doesNotMatch(shown.replaceAll("\t", ""), /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        const kept = pieces(text).flatMap((piece) => (piece.kind === "escape" ? [] : [piece.text]));
        assert.ok(kept.every((part) => text.includes(part)));
      }),
    );
  });
});

describe("numbers and dates", () => {
  test("durations", () => {
    const samples: readonly [number, string][] = [
      [0, "0 ms"],
      [0.4, "0.4 ms"],
      [8.13, "8.1 ms"],
      [9, "9 ms"],
      [9.97, "10 ms"],
      [143.2, "143 ms"],
      [999.6, "1.00 s"],
      [1_238, "1.24 s"],
      [12_340, "12.3 s"],
      [59_960, "1 min 0 s"],
      [125_000, "2 min 5 s"],
    ];
    for (const [milliseconds, text] of samples) assert.equal(duration(milliseconds), text);
  });

  test("sizes, with what crossed the wire where that differs", () => {
    assert.deepEqual([0, 812, 1024, 2458, 1_048_575, 20_000_000].map(byteSize), [
      "0 B",
      "812 B",
      "1.0 KB",
      "2.4 KB",
      "1.0 MB",
      "19.1 MB",
    ]);
    assert.equal(bodySize(100, 100, "gzip"), "100 B");
    assert.equal(bodySize(2458, 1126, "gzip"), "2.4 KB (1.1 KB gzip)");
    assert.equal(bodySize(2458, 1126, undefined), "2.4 KB (1.1 KB on the wire)");
  });

  test("dates are UTC and the same for everybody; what is no date stays", () => {
    assert.equal(instant("2026-12-10T11:00:00+01:00"), "2026-12-10 10:00 UTC");
    assert.equal(day("2026-12-10T10:00:00Z"), "2026-12-10");
    assert.equal(instant("soon"), "soon");
    assert.equal(plural(1, "day"), "1 day");
    assert.equal(plural(2, "day"), "2 days");
  });

  test("the class of a status decides its level", () => {
    assert.deepEqual([101, 200, 204, 302, 404, 500, 599].map(statusLevel), [
      "info",
      "ok",
      "ok",
      "info",
      "warning",
      "error",
      "error",
    ]);
  });
});

describe("URLs", () => {
  test("are cut around the host, and come out as they went in", () => {
    assert.deepEqual(urlParts("https://api.example.com:8443/v1?q=1#x"), {
      scheme: "https://",
      host: "api.example.com:8443",
      rest: "/v1?q=1#x",
    });
    assert.deepEqual(urlParts("https://{{$env.HOST}}/v1"), { scheme: "https://", host: "{{$env.HOST}}", rest: "/v1" });
    assert.equal(urlParts("https://bank.example@evil.example/").host, "evil.example");
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string()), (url) => {
        const { scheme, host, rest } = urlParts(url);
        assert.equal(scheme + host + rest, url);
      }),
    );
  });
});

describe("the marked line of a file", () => {
  const location = { file: "a.https", line: 3, column: 6 };
  test("carets stand under the cause", () => {
    const frame = codeFrame({ ...location, endColumn: 15, lineText: "POST https://x/ HTTP/1.1" });
    assert.deepEqual(frame, { before: "POST ", marked: "https://x", after: "/ HTTP/1.1", carets: "     ^^^^^^^^^" });
  });

  test("tabs and escapes do not shift them", () => {
    const frame = codeFrame({ ...location, column: 3, endColumn: 4, lineText: "\t\u202ex" });
    assert.equal(frame?.before, "  \\u202E");
    assert.equal(frame?.carets, "        ^");
  });

  test("a point beyond the line's end gets one caret, a long line is cut around the cause", () => {
    assert.equal(codeFrame({ ...location, column: 99, lineText: "abc" })?.carets, "   ^");
    const long = codeFrame({
      ...location,
      column: 501,
      endColumn: 504,
      lineText: `${"a".repeat(500)}bad${"c".repeat(500)}`,
    });
    assert.equal(long?.marked, "bad");
    assert.ok(long.before.length <= 61 && long.after.length <= 61);
    assert.equal(codeFrame(location), null);
  });
});

describe("the words of a failure", () => {
  test("say what became of the request, where it stopped, and whether anything left", () => {
    assert.ok(expired.failure && badSettings.failure && canceled.failure);
    assert.equal(failureStatus(expired.failure), "Not sent");
    assert.equal(stoppedWhere(expired.failure), "stopped in the TLS handshake");
    assert.match(assurance(expired.failure, true), /no byte of the request left/);
    assert.equal(stoppedWhere({ ...expired.failure, code: "network.proxy-auth" }), "stopped at the proxy");
    assert.equal(stoppedWhere(badSettings.failure), "stopped before any connection");
    assert.equal(assurance(badSettings.failure, false), "Nothing was sent. No connection was made.");
    assert.equal(failureStatus(canceled.failure), "Canceled");
    assert.match(assurance(canceled.failure, true), /had been sent/);
    const refusedLate = { ...expired.failure, code: "tls.client-certificate-required", requestSent: true } as const;
    assert.equal(failureStatus(refusedLate), "Failed");
    assert.equal(stoppedWhere(refusedLate), "refused after the TLS handshake");
  });
});

describe("remarks on header fields", () => {
  test("HSTS: how long, and whether that is long enough", () => {
    assert.deepEqual(headerNote("strict-transport-security", "max-age=31536000; includeSubDomains"), {
      level: "ok",
      text: "Browsers use only HTTPS for 365 days, subdomains too",
    });
    assert.equal(headerNote("Strict-Transport-Security", "max-age=86400")?.level, "warning");
    assert.equal(headerNote("Strict-Transport-Security", "max-age=0")?.level, "warning");
    assert.equal(headerNote("Strict-Transport-Security", "includeSubDomains")?.level, "warning");
  });

  test("cookies: the attributes that are missing; other fields have no remark", () => {
    assert.equal(headerNote("Set-Cookie", "a=b; Path=/; HttpOnly")?.text, "Lacks Secure, SameSite");
    assert.equal(headerNote("Set-Cookie", "secure=1; Secure; HttpOnly; SameSite=Lax")?.level, "ok");
    assert.equal(headerNote("Content-Type", "text/plain"), null);
    assert.equal(headerNote("constructor", "x"), null);
  });
});
