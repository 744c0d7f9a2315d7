import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { escapeValue, unescapeValue } from "../../../src/resolve/value-escapes.ts";
import { scanReferences } from "../../../src/syntax/index.ts";

describe("escapeValue", () => {
  const signs = fc.string({ unit: fc.constantFrom("{", "}", "\\", "n", "r", "t", "a", "$", ".", " ", "\n") });
  it("gives a text without references that unescapes to the value", () => {
    fc.assert(
      fc.property(signs, (value) => {
        const escaped = escapeValue(value);
        assert.equal(unescapeValue(escaped), value);
        assert.deepEqual(scanReferences(escaped), []);
      }),
      { numRuns: 3000, examples: [["{{{a}}}"], ["\\{{a}}"], ["C:\\new"], ["{{a}}{{{{a}}"]] },
    );
  });
});
