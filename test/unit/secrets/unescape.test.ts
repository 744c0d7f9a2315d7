import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { codeOf, isByte, readEscape, readQuotedPrintable, sizeOf } from "../../../src/secrets/unescape.ts";

function read(text: string, reader = readEscape): string | undefined {
  const bytes = Buffer.from(text);
  const result = reader(bytes, 0, bytes.length);
  if (result === 0) return undefined;
  const character = isByte(result) ? `byte ${codeOf(result).toString(16)}` : String.fromCodePoint(codeOf(result));
  return `${character}, ${sizeOf(result)}`;
}

const cases: readonly (readonly [text: string, expected: string | undefined])[] = [
  ["%2fx", "byte 2f, 3"],
  ["%2Fx", "byte 2f, 3"],
  ["%u00e9", "é, 6"],
  ["%2", undefined],
  ["%2g", undefined],
  ["\\n", "\n, 2"],
  ["\\/", "/, 2"],
  ['\\"', '", 2'],
  ["\\\\n", "\\, 2"],
  ["\\q", undefined],
  ["\\", undefined],
  ["\\x4A", "byte 4a, 4"],
  ["\\x4", undefined],
  ["\\u00e9", "é, 6"],
  ["\\u00e", undefined],
  ["\\ud83d\\udd11", "🔑, 12"],
  ["\\ud83dx", "\ufffd, 6"],
  ["\\udd11", "\ufffd, 6"],
  ["\\u{1F511}", "🔑, 9"],
  ["\\u{}", undefined],
  ["\\u{1F511", undefined],
  ["&amp;", "&, 5"],
  ["&eacute;", "é, 8"],
  ["&sol;", "/, 5"],
  ["&nothing;", undefined],
  ["&amp", undefined],
  ["&#43;", "+, 5"],
  ["&#0000043;", "+, 10"],
  ["&#x2B;", "+, 6"],
  ["&#X2b;", "+, 6"],
  ["&#;", undefined],
  ["&#x;", undefined],
  ["&#43", undefined],
  ["&#1114112;", "\ufffd, 10"],
  ["plain", undefined],
  ["=3D", undefined],
];

const quotedPrintable: readonly (readonly [text: string, expected: string | undefined])[] = [
  ["=3D", "byte 3d, 3"],
  ["=C3", "byte c3, 3"],
  // Far more often the value of a query's or log's field.
  ["=c3", undefined],
  ["=42", undefined],
  ["=10", undefined],
  ["=x", undefined],
  ["3D", undefined],
];

describe("an escape", () => {
  for (const [text, expected] of cases) {
    it(`${text} is ${expected ?? "none"}`, () => assert.equal(read(text), expected));
  }
  for (const [text, expected] of quotedPrintable) {
    it(`${text} of quoted-printable is ${expected ?? "none"}`, () =>
      assert.equal(read(text, readQuotedPrintable), expected));
  }
});
