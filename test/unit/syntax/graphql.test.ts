import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isGraphql, parse, splitGraphql } from "../../../src/syntax/index.ts";

const bodies: [label: string, text: string, query: string, variables?: string | undefined, operation?: string][] = [
  ["a query alone", "query A { a }", "query A { a }", undefined, "A"],
  ["the short form", "{ a }", "{ a }"],
  ["variables", 'query A($b: Int) { a }\n\n{ "b": 1 }\n', "query A($b: Int) { a }", '{ "b": 1 }', "A"],
  ["variables below the short form", '{ a }\n\n{ "b": {} }', "{ a }", '{ "b": {} }'],
  ["blank lines in both", "query {\n  a\n\n  b\n}\n\n\n{\n\n}", "query {\n  a\n\n  b\n}", "{\n\n}"],
  ["CRLF", "mutation M {\r\n  a\r\n}\r\n\r\n{\r\n}", "mutation M {\r\n  a\r\n}", "{\r\n}", "M"],
  [
    "fragments and several operations",
    "fragment F on T { a }\n\nquery A { ...F }\n\nsubscription B { a }\n\n{}",
    "fragment F on T { a }\n\nquery A { ...F }\n\nsubscription B { a }",
    "{}",
    "A",
  ],
  [
    "braces in strings, block strings and comments",
    'query A { a(b: "}\\"{", c: """ } \\""" { """) # }\n}\n\n{ "d": "}" }',
    'query A { a(b: "}\\"{", c: """ } \\""" { """) # }\n}',
    '{ "d": "}" }',
    "A",
  ],
  ["references", 'query A { a(b: {{b}}) }\n\n{ "c": {{ c }} }', "query A { a(b: {{b}}) }", '{ "c": {{ c }} }', "A"],
  [
    "a default value that is an object",
    "query A($a: T = {b: 1}) {\n  c\n}",
    "query A($a: T = {b: 1}) {\n  c\n}",
    undefined,
    "A",
  ],
  ["an object that is not closed", 'query A { a }\n\n{ "b": 1', 'query A { a }\n\n{ "b": 1', undefined, "A"],
  ["text behind an object", 'query A { a }\n\n{ "b": 1 } x', 'query A { a }\n\n{ "b": 1 } x', undefined, "A"],
  ["a field named query", "{ query { a } }", "{ query { a } }"],
];

describe("GraphQL bodies", () => {
  for (const [label, text, query, variables, operation] of bodies) {
    test(label, () => {
      const parts = splitGraphql({ text, range: { start: 10, end: 10 + text.length } });
      assert.deepEqual([parts.query.text, parts.variables?.text, parts.operationName], [query, variables, operation]);
      for (const span of [parts.query, parts.variables]) {
        if (span) assert.equal(text.slice(span.range.start - 10, span.range.end - 10), span.text);
      }
    });
  }

  test("are told by the method or a header", () => {
    const request = (text: string) => parse(text).blocks[0]?.request;
    for (const [text, expected] of [
      ["GRAPHQL https://a.test/\n\n{ a }", true],
      ["graphql https://a.test/\n\n{ a }", true],
      ["POST https://a.test/\nx-request-type: graphql\n\n{ a }", true],
      ["POST https://a.test/\nX-REQUEST-TYPE: GraphQL\n\n{ a }", true],
      ["POST https://a.test/\nX-Request-Type: other\n\n{ a }", false],
      ["POST https://a.test/graphql\n\n{ a }", false],
    ] as const) {
      const node = request(text);
      assert.ok(node);
      assert.equal(isGraphql(node), expected, text);
    }
  });

  test("are read in linear time", () => {
    for (const unit of ["{", "{{", "}", '"', '"""', "#\n", "{}\n", "query ", "{{a}}"]) {
      const text = unit.repeat(200_000);
      const started = performance.now();
      splitGraphql({ text, range: { start: 0, end: text.length } });
      assert.ok(performance.now() - started < 4000, unit);
    }
  });
});
