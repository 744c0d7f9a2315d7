import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { jsonFolds, jsonTokens } from "../../../src/webview/json-tokens.ts";
import { phases, ticks } from "../../../src/webview/phases.ts";
import { summary } from "../../../src/webview/summary.ts";
import { validity } from "../../../src/webview/validity.ts";
import { mutualTls, plainHttp } from "../../panel/samples.ts";

describe("JSON tokens", () => {
  test("keys, strings, numbers and literals are told apart", () => {
    const kinds = (line: string) =>
      jsonTokens(line).flatMap(({ kind, text }) => (kind === "plain" ? [] : [`${kind} ${text}`]));
    assert.deepEqual(kinds('  "a\\"b" : -1.5e+3,'), [
      'key "a\\"b"',
      "punctuation  :",
      "number -1.5e+3",
      "punctuation ,",
    ]);
    assert.deepEqual(kinds('["x", true, null]'), [
      "punctuation [",
      'string "x"',
      "punctuation ,",
      "literal true",
      "punctuation ,",
      "literal null",
      "punctuation ]",
    ]);
  });

  test("a line that is no JSON still comes out whole", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (line) => {
        assert.equal(
          jsonTokens(line)
            .map(({ text }) => text)
            .join(""),
          line,
        );
      }),
    );
  });

  test("each bracket that has lines of its own folds to its end", () => {
    const lines = JSON.stringify({ a: { b: [1, 2] }, c: {}, d: [{ e: "}" }] }, null, 2).split("\n");
    const folds = [...jsonFolds(lines)].sort(([a], [b]) => a - b);
    assert.deepEqual(
      folds.map(([start, end]) => [lines[start]?.trim(), lines[end]?.trim()]),
      [
        ["{", "}"],
        ['"a": {', "},"],
        ['"b": [', "]"],
        ['"d": [', "]"],
        ["{", "}"],
      ],
    );
  });
});

describe("the validity of a certificate", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const dates = (notBefore: string, notAfter: string) => ({
    notBefore,
    notAfter,
    daysLeft: Math.floor((Date.parse(notAfter) - now.getTime()) / 86_400_000),
  });

  test("in words, with the level that goes with them", () => {
    const words = (notAfter: string) => {
      const { level, text } = validity(dates("2025-01-01T00:00:00Z", notAfter), now);
      return `${level}: ${text}`;
    };
    assert.equal(words("2034-12-31T00:00:00Z"), "ok: 8 years left");
    assert.equal(words("2026-12-12T13:00:00Z"), "ok: 21 days left");
    assert.equal(words("2026-12-11T13:00:00Z"), "warning: 20 days left");
    assert.equal(words("2026-11-22T11:00:00Z"), "warning: ends within a day");
    assert.equal(words("2026-11-21T11:00:00Z"), "error: expired today");
    assert.equal(words("2026-11-20T11:00:00Z"), "error: expired yesterday");
    assert.equal(words("2026-11-09T10:00:00Z"), "error: expired 12 days ago");
    assert.equal(
      validity(dates("2026-11-23T12:00:00Z", "2027-11-23T12:00:00Z"), now).text,
      "not valid for another 2 days",
    );
  });

  test("as shares of a bar that always holds today", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), fc.date({ noInvalidDate: true }), (from, until) => {
        const { start, end, now: at } = validity(dates(from.toISOString(), until.toISOString()), now);
        for (const share of [start, end, at]) assert.ok(share >= 0 && share <= 1);
        assert.ok(start <= end);
      }),
    );
    const { start, end, now: at } = validity(dates("2026-11-11T12:00:00Z", "2026-12-01T12:00:00Z"), now);
    assert.deepEqual([start, end, at], [0, 1, 0.5]);
    assert.equal(validity(dates("2026-11-01T12:00:00Z", "2026-11-11T12:00:00Z"), now).end, 0.5);
  });
});

describe("timing", () => {
  test("phases stand end to end; what did not happen has no place", () => {
    const rows = phases({
      blocked: null,
      dns: null,
      connect: null,
      ssl: null,
      send: 1,
      wait: 20,
      receive: 3,
      total: 24,
    });
    assert.deepEqual(
      rows.map(({ name, start, took }) => [name, start, took]),
      [
        ["DNS", null, null],
        ["Connect", null, null],
        ["TLS handshake", null, null],
        ["Send", 0, 1],
        ["Wait", 1, 20],
        ["Receive", 21, 3],
      ],
    );
  });

  test("the scale has round steps, few of them, none beyond the end", () => {
    assert.deepEqual(ticks(143), [0, 50, 100]);
    assert.deepEqual(ticks(0), [0]);
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e7, noNaN: true }), (longest) => {
        const marks = ticks(longest);
        assert.ok(marks.length >= 2 && marks.length <= 6);
        assert.ok((marks.at(-1) ?? 0) <= longest * 1.000001);
      }),
    );
  });
});

test("what a screen reader says when a response is there", () => {
  assert.ok(mutualTls.response && plainHttp.response);
  assert.equal(summary(mutualTls, mutualTls.response), "200 OK, 143 ms, TLS verified");
  assert.equal(summary(plainHttp, plainHttp.response), "500 Internal Server Error, 31 ms, not encrypted");
});
