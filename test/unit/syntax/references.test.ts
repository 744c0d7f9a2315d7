import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { scanReferences, scanUnclosedBraces, unescapeBraces } from "../../../src/syntax/index.ts";

const expressions: [text: string, kind: string, name: string][] = [
  ["{{host}}", "variable", "host"],
  ["{{ host }}", "variable", "host"],
  ["{{a.b-c_1}}", "variable", "a.b-c_1"],
  ["{{%query}}", "encoded", "query"],
  ["{{$env.TOKEN}}", "environment", "TOKEN"],
  ["{{ $env.TOKEN }}", "environment", "TOKEN"],
  ["{{$processEnv TOKEN}}", "environment", "TOKEN"],
  ["{{$env.}}", "dynamic", "$env."],
  ["{{$uuid}}", "dynamic", "$uuid"],
  ["{{$randomInt 1 5}}", "dynamic", "$randomInt"],
  ["{{login.response.body.$.token}}", "response", "login"],
  ["{{login.request.headers.A}}", "response", "login"],
  ["{{a b}}", "other", "a b"],
  ["{{x = 1}}", "other", "x = 1"],
];

describe("references", () => {
  for (const [text, kind, name] of expressions) {
    test(text, () => {
      const source = `a ${text} b`;
      const [reference, ...more] = scanReferences(source);
      assert.deepEqual(more, []);
      assert.deepEqual([reference?.kind, reference?.name.text], [kind, name]);
      assert.deepEqual(reference?.range, { start: 2, end: 2 + text.length });
      for (const span of [reference?.name, reference?.expression]) {
        assert.equal(source.slice(span?.range.start, span?.range.end), span?.text);
      }
    });
  }

  for (const text of ["{{}}", "{{ }}", "{{ open", "a{{b", "\\{\\{x\\}\\}", "{{{x}}}", "{ {x} }", "{{a\n}}", "}}{{"]) {
    test(`text: ${JSON.stringify(text)}`, () => assert.deepEqual(scanReferences(text), []));
  }

  test("a lone {{ swallows no reference", () => {
    assert.deepEqual(
      scanReferences("a{{b {{c}}{{d}}} {{").map(({ name }) => name.text),
      ["c", "d"],
    );
    assert.deepEqual(scanUnclosedBraces("a{{b {{c}} {{\nx {{"), [
      { start: 1, end: 3 },
      { start: 11, end: 13 },
      { start: 16, end: 18 },
    ]);
  });

  test("escapes stand for braces", () => {
    assert.equal(unescapeBraces("\\{\\{a\\}\\} \\{ {{b}}"), "{{a}} \\{ {{b}}");
  });
});
