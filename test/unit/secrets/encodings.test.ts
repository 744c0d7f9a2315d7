import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createRedactor, type Redactor } from "../../../src/secrets/index.ts";
import { encoders } from "./encoders.ts";

function redactorOf(...values: readonly string[]): Redactor {
  const redactor = createRedactor();
  for (const [index, value] of values.entries()) redactor.add(`S${index}`, value);
  return redactor;
}

const samples = {
  "of letters and digits": "dGhpcyBpc24ndCBpdA7",
  "of awkward characters": `p&ss "w'rd"/é+<\\€>%41=z`,
  "of words": "correct horse battery staple",
  "of emoji": "pass🔑wörd-中文",
  "of lines": "first line\nsecond line\r\nthird",
} as const;

/** What none of the decoders would give the value for. */
const reference = /\{\{\$env\.S0\}\}/;

for (const [kind, value] of Object.entries(samples)) {
  describe(`a value ${kind} is found as`, () => {
    for (const [name, encode] of Object.entries(encoders)) {
      it(name, () => {
        const encoded = encode(value);
        const redacted = redactorOf(value).redact(`{"a": "${encoded}", "b": 1}`);
        assert.match(redacted, reference);
        // Beside the reference there is what was around it, and base64 characters that hold bits of neighbours.
        const rest = redacted
          .replace(reference, "")
          .replace('{"a": "', "")
          .replace('", "b": 1}', "")
          .replaceAll("\0", "");
        assert.ok(
          rest.length <= (/^base64.*(after|of|data|76)/.test(name) ? 64 : 0) + (name.includes("in JSON") ? 75 : 0),
          rest,
        );
        assert.ok(!redacted.includes(encoded));
      });
    }
  });
}

const unweak = (text: string) => new Set(text.replace(/\s/g, "")).size >= 6;
const secret = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 6, maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(..."ab/+%&=\"' é€x9"), minLength: 12, maxLength: 30 }),
  )
  .map((text) => text.trim().normalize())
  .filter(unweak);
const surrounding = fc.string({ unit: fc.constantFrom(...'ab 1:,{}[]"\n<>é'), maxLength: 30 });

describe("any value", () => {
  for (const [name, encode] of Object.entries(encoders)) {
    // One character more or less than a byte: windows-1252 has no reading of some bytes that could be undone.
    it(`is found as ${name}, wherever it stands`, () => {
      fc.assert(
        fc.property(secret, surrounding, surrounding, (value, before, after) => {
          const text = `${before};${encode(value)};${after}`;
          const redacted = redactorOf(value).redact(text);
          assert.match(redacted, reference, JSON.stringify([value, text, redacted]));
        }),
        { numRuns: 60 },
      );
    });
  }

  it("is found under any mixture of escapes and folds", () => {
    const styles: readonly ((character: string) => string)[] = [
      (character) => character,
      (character) => encodeURIComponent(character),
      (character) => [...Buffer.from(character)].map((byte) => `%${byte.toString(16)}`).join(""),
      (character) => [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16)}`).join(""),
      (character) => JSON.stringify(character).slice(1, -1),
      (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
      (character) => `&#${character.codePointAt(0)};`,
      (character) => `${character}\r\n `,
      (character) => `${character}=\r\n`,
    ];
    const pick = fc.array(fc.nat(styles.length - 1), { minLength: 40, maxLength: 40 });
    const value = fc.string({ unit: fc.constantFrom(..."gGzZ_-.~/+é€🔑"), minLength: 8, maxLength: 20 }).filter(unweak);
    fc.assert(
      fc.property(value, pick, (chosen, picks) => {
        const written = [...chosen].map((character, at) => styles[picks[at] ?? 0]?.(character)).join("");
        const redacted = redactorOf(chosen).redact(`a\\u0020${written};z`);
        assert.match(redacted, /^a\\u0020\{\{\$env\.S0\}\}(\r\n |=\r\n)?;z$/, JSON.stringify([chosen, written]));
      }),
    );
  });

  it("is found in bytes that are no text", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        secret,
        fc.uint8Array({ maxLength: 40 }),
        (before, value, after) => {
          // No byte before it that begins an escape or a character.
          const start = before.map((byte) => (byte >= 0x80 || /[%\\&=]/.test(String.fromCharCode(byte)) ? 1 : byte));
          const bytes = Buffer.concat([start, Buffer.from(value), after]);
          const redacted = Buffer.from(redactorOf(value).redactBytes(bytes));
          assert.ok(redacted.includes("{{$env.S0}}") && !redacted.includes(Buffer.from(value)));
        },
      ),
    );
  });
});

describe("ordinary text", () => {
  it("is unchanged by 100 secrets that it does not have", () => {
    const tokens = fc.array(
      fc.string({
        unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL0123456789+/_-"),
        minLength: 12,
        maxLength: 40,
      }),
      { minLength: 100, maxLength: 100 },
    );
    fc.assert(
      fc.property(fc.array(fc.json(), { minLength: 1, maxLength: 20 }), tokens, (values, secrets) => {
        const page = values.map((value) => JSON.stringify(JSON.parse(value), null, 2)).join("\n");
        assert.equal(redactorOf(...secrets).redact(page), page);
      }),
      { numRuns: 25 },
    );
  });

  it("keeps two words apart that a value has in one, and one that it has in two", () => {
    assert.equal(redactorOf("correcthorse").redact("a correct horse"), "a correct horse");
    assert.equal(redactorOf("correct horse").redact("a correcthorse"), "a correcthorse");
    assert.equal(
      redactorOf("correcthorse").redact(`correct${"\n".repeat(400)}horse`),
      `correct${"\n".repeat(400)}horse`,
    );
  });
});
