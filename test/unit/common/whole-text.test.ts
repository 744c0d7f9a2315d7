import assert from "node:assert/strict";
import { test } from "node:test";
import { wholeText } from "../../../src/common/whole-text.ts";
import { quoted } from "../../../src/transport/certificate-text.ts";

test("what a server says is shown whole or counted, never cut", () => {
  assert.equal(wholeText("short", 5), "short");
  assert.equal(wholeText("longer", 5), "(6 characters)");
  assert.equal(wholeText("a\nFix: do\u2028\u001b", 20), "a\\u000aFix: do\\u2028\\u001b");
  assert.equal(quoted(`${"x".repeat(145)}p4ssword`), "“(153 characters)”");
});
