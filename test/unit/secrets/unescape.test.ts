import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createRedactor } from "../../../src/secrets/index.ts";
import { unescapeAll } from "../../../src/secrets/unescape.ts";

const secret = "t0ken/with+signs=";
const hex = (character: string) => character.charCodeAt(0).toString(16);
const styles: readonly ((character: string) => string)[] = [
  (character) => character,
  (character) => `\\u${hex(character).padStart(4, "0")}`,
  (character) => `\\u${hex(character).padStart(4, "0").toUpperCase()}`,
  (character) => `\\x${hex(character)}`,
  (character) => `&#${character.charCodeAt(0)};`,
  (character) => `&#x${hex(character).toUpperCase()};`,
  (character) => `%${hex(character)}`,
];

test("a secret is found under any mixture of escapes, and nothing around it is touched", () => {
  const redactor = createRedactor();
  redactor.add("TOKEN", secret);
  const choices = fc.array(fc.nat(styles.length - 1), { minLength: secret.length, maxLength: secret.length });
  fc.assert(
    fc.property(choices, (picks) => {
      const echoed = [...secret].map((character, at) => styles[picks[at] ?? 0]?.(character)).join("");
      assert.equal(redactor.redact(`a\\u0020${echoed}&amp;z`), "a\\u0020{{$env.TOKEN}}&amp;z");
    }),
  );
});

test("every code unit knows where it came from", () => {
  const { out, offsets } = unescapeAll("a\\u0041&#128512;b") ?? { out: "", offsets: [] };
  assert.equal(out, "aA😀b");
  assert.deepEqual([...offsets].slice(0, 6), [0, 1, 7, 7, 16, 17]);
  assert.equal(unescapeAll("nothing here"), undefined);
});
