import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import "../../support/seed.ts";
import { redactBody } from "../../../src/runner/saved-body/redact-body.ts";
import { createBodyRedactingStream, createRedactor } from "../../../src/secrets/index.ts";
import { fromWtf8, toWtf8 } from "../../../src/secrets/wtf8.ts";

const secret = `pässwörd "€" ${"\u{1f511}"} of it`;
const redactor = createRedactor();
redactor.add("TOKEN", secret);

function redacted(bytes: Buffer, sizes: readonly number[]): Buffer {
  const stream = createBodyRedactingStream(redactor);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    parts.push(Buffer.from(stream.push(bytes.subarray(at, at + size))));
    at += size;
  }
  return Buffer.concat([...parts, stream.end()]);
}

const utf16 = (text: string) => Buffer.from(text, "utf16le");

describe("a body that is redacted on its way into a file", () => {
  const filler = "some text of it\n".repeat(700);
  const escaped = JSON.stringify(secret).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const text = `${filler}${secret}${filler}${escaped}\n${encodeURIComponent(secret)} \ud800 lone`;
  const wanted = redactor.redact(text);
  for (const [name, bytes, read] of [
    ["UTF-16", utf16(text), (out: Buffer) => out.toString("utf16le")],
    ["UTF-16, big endian", utf16(text).swap16(), (out: Buffer) => Buffer.from(out).swap16().toString("utf16le")],
  ] as const) {
    test(`${name}, however it is split`, () => {
      assert.doesNotMatch(wanted, /sswörd|ssw\\u|ssw%/);
      for (const sizes of [[1 << 20], [7, 1001], [65_536]]) assert.equal(read(redacted(bytes, sizes)), wanted);
    });
  }

  test("UTF-16 behind other text, and with a byte too many at its end", () => {
    const bytes = Buffer.concat([Buffer.from(filler.slice(0, 10_000)), utf16(`${secret} end`), Buffer.from("x")]);
    const out = redacted(bytes, [333]);
    assert.equal(out.subarray(0, 10_000).toString(), filler.slice(0, 10_000));
    assert.equal(out.subarray(10_000, -1).toString("utf16le"), redactor.redact(`${secret} end`));
  });

  test("as a body in memory; other bytes stay as they are", () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 9 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom(Buffer.alloc(2), utf16("abcdef"), utf16("abcd").swap16(), Buffer.from([0xd8, 0xd8, 0xdc])),
      fc.constant(Buffer.from(secret)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 40 }), (pieces, size) => {
        const bytes = Buffer.concat(pieces);
        assert.deepEqual(redacted(bytes, [size]), Buffer.from(redactBody(bytes, redactor)));
      }),
    );
  });

  test("every sequence of units comes through WTF-8", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd7ff, max: 0xe000 }))), (units) => {
        const bytes = Buffer.from(new Uint16Array(units).buffer);
        assert.deepEqual(fromWtf8(toWtf8(bytes)), bytes);
      }),
    );
  });
});
