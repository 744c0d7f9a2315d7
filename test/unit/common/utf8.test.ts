import assert from "node:assert/strict";
import { isUtf8 } from "node:buffer";
import { test } from "node:test";
import fc from "fast-check";
import { decodeUtf8 } from "../../../src/common/utf8.ts";

const bytes = (...parts: readonly (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.of(part))));

test("UTF-8 is read whole, without its byte order mark", () => {
  assert.deepEqual(decodeUtf8(bytes("\ufeffGET é 你 🎉\r\n")), { ok: true, value: "GET é 你 🎉\r\n" });
});

const invalid: readonly (readonly [what: string, bytes: Buffer, offset: number, line: number, column: number])[] = [
  ["a byte that starts nothing", bytes("ab\n", 0xff), 3, 2, 1],
  ["Latin-1", bytes("é\r\nx: ", 0xe9, "t"), 7, 2, 4],
  ["an overlong form", bytes(0xc0, 0xaf), 0, 1, 1],
  ["a surrogate", bytes("🎉", 0xed, 0xa0, 0x80), 4, 1, 3],
  ["above U+10FFFF", bytes("\r", 0xf4, 0x90, 0x80, 0x80), 1, 2, 1],
  ["a character that is cut off", bytes("abc", 0xf0, 0x9f, 0x8e), 3, 1, 4],
  ["UTF-16 with its mark", bytes(0xff, 0xfe, "G", 0), 0, 1, 1],
];
for (const [what, given, offset, line, column] of invalid) {
  test(`the first byte that is not UTF-8 is found: ${what}`, () => {
    assert.deepEqual(decodeUtf8(given), { ok: false, error: { offset, line, column, byte: given[offset] } });
  });
}

test("it agrees with Node.js on every sequence of bytes", () => {
  const byte = fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0xe0, 0xed, 0xf0, 0xf4, 0x80, 0x9f, 0xa0, 0xbf),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 8 }), (values) => {
      const given = Uint8Array.from(values);
      const result = decodeUtf8(given);
      assert.equal(result.ok, isUtf8(given));
      if (!result.ok) assert.ok(isUtf8(given.subarray(0, result.error.offset)));
    }),
    { numRuns: 2000 },
  );
});
