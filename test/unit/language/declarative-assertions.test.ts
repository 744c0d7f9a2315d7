import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { declarativeAssertions } from "../../../src/language/declarative-assertions.ts";
import type { ForeignKind } from "../../../src/syntax/index.ts";

function stated(kind: ForeignKind, text: string): readonly string[] {
  const range = { start: 0, end: text.length };
  return declarativeAssertions({ kind, range, content: { text, range } });
}

describe("assertions of other tools", () => {
  test("in a line are stated where they are surely understood", () => {
    for (const [line, expected] of [
      ["status == 200", ["status == 200"]],
      ["status >= 200", ["status >= 200"]],
      ["duration < 500", ["duration < 500"]],
      ["header content-type includes json", ['header content-type contains "json"']],
      ['header Server == "a b"', ['header Server == "a b"']],
      ["body includes it's", ['body contains "it\'s"']],
      ["status == two hundred", []],
      ["status == {{expected}}", []],
      ["header x > 1", []],
      ["js response.parsedBody.a == 1", []],
      ["xpath /a == b", []],
      ["status", []],
    ] as const) {
      assert.deepEqual(stated("assertion", line), expected, line);
    }
  });

  test("in a script are stated where every statement is carried out", () => {
    for (const [script, expected] of [
      ['client.test("a", function() { client.assert(response.status === 200, "no"); });', ["status == 200"]],
      ["client.assert(response.status == 201)", ["status == 201"]],
      ['client.assert(response.body.user.name === "x")', ['body.$.user.name == "x"']],
      ["client.assert(response.body.ok === true, 'no')", ["body.$.ok == true"]],
      ["client.assert(response.headers.valueOf(\"X-A\") === 'b')", ['header X-A == "b"']],
      ["client.assert(response.status === 200 || true)", []],
      ["if (x) { client.assert(response.status === 200) }", []],
      ["client.assert(response.status === expected)", []],
      ["// client.assert(response.status === 200)", []],
      ["client.assert(response.body.items.length === 2)", []],
      ["client.assert(response.status === '200')", []],
    ] as const) {
      assert.deepEqual(stated("response-script", script), expected, script);
    }
    assert.deepEqual(stated("pre-script", "client.assert(response.status === 200)"), []);
  });
});
