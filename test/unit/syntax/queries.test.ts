import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  predicateFacts,
  queryFacts,
  readAssertion,
  readCapture,
  readQuery,
  type Span,
} from "../../../src/syntax/index.ts";

const span = (text: string): Span => ({ text, range: { start: 7, end: 7 + text.length } });

/** A short form: the query's parts and the predicate's, operands as `kind value`. */
function assertion(text: string): string | { fault: string } {
  const read = readAssertion(span(text));
  if (!read.ok) return { fault: text.slice(read.error.range.start - 7, read.error.range.end - 7) };
  const { query, predicate } = read.value;
  const parts = [query.name.text, query.argument?.text, query.detail && `[${query.detail.text}]`];
  const operands = predicate.operands.map(({ kind, value, flags }) => `${kind} ${value}${flags}`);
  return [...parts, predicate.isNegated ? "not" : undefined, predicate.name.text, ...operands]
    .filter((part) => part !== undefined)
    .join(" | ");
}

const right: [text: string, read: string][] = [
  ["status == 200", "status | == | number 200"],
  ["  status   not   one-of [200, 204]", "status | not | one-of | number 200 | number 204"],
  ['header Content-Type contains "json"', "header | Content-Type | contains | text json"],
  ["header Content-Type contains json; charset", "header | Content-Type | contains | text json; charset"],
  ["header 'X-A' not exists", "header | X-A | not | exists"],
  ["cookie session[Max-Age] exists", "cookie | session | [Max-Age] | exists"],
  ['body == "a \\"b\\" \\u0041\\n"', 'body | == | text a "b" A\n'],
  ["body contains 'x'", "body | contains | text x"],
  ["body.$.items[0].id == 3.5", "body | $.items[0].id | == | number 3.5"],
  ["body.$['a b'].c is-empty", "body | $['a b'].c | is-empty"],
  ["body.$.a[?(@.b == 'x y')].c exists", "body | $.a[?(@.b == 'x y')].c | exists"],
  ["body.$.ok == true", "body | $.ok | == | boolean true"],
  ["body.$.none == null", "body | $.none | == | null null"],
  ["body.$.id == {{id}}", "body | $.id | == | reference {{id}}"],
  ["body.$.a one-of [\"x, y\", 'z', true]", "body | $.a | one-of | text x, y | text z | boolean true"],
  ['xpath "string(//a b)" == "c"', "xpath | string(//a b) | == | text c"],
  ["xpath //a[@b='c d'] exists", "xpath | //a[@b='c d'] | exists"],
  ["regex /a\\/b (c+)/i == d", "regex | a\\/b (c+) | [i] | == | text d"],
  ["url matches /^https:/i", "url | matches | pattern ^https:i"],
  ["url contains /items", "url | contains | text /items"],
  ["duration < 500ms", "duration | < | duration 500ms"],
  ["duration <= 500", "duration | <= | number 500"],
  ["bytes > 10", "bytes | > | number 10"],
  ["tls.protocol == TLSv1.3", "tls.protocol | == | text TLSv1.3"],
  ["tls.resumed == false", "tls.resumed | == | boolean false"],
  ["tls.certificate.daysLeft > 14", "tls.certificate.daysLeft | > | number 14"],
  ["tls.chain[2].issuer contains Root", "tls.chain[2].issuer | contains | text Root"],
  ["tls.certificate.notAfter > 2030-01-01", "tls.certificate.notAfter | > | date 2030-01-01"],
  ["version starts-with HTTP/", "version | starts-with | text HTTP/"],
  ["header X-Count == 5", "header | X-Count | == | number 5"],
];

const wrong: [text: string, at: string][] = [
  ["", ""],
  ["status", ""],
  ["status = 200", "="],
  ["status == ", "=="],
  ["status == ok", "ok"],
  ["status != 2OO", "2OO"],
  ["status exists now", "now"],
  ["status not == 200 300", "200 300"],
  ["statuss == 200", "statuss"],
  ["status equals 200", "equals"],
  ["header == 200", "=="],
  ["header", ""],
  ["body.$.a[0 == 1", "$.a[0 == 1"],
  ["body.$.a == unquoted", "unquoted"],
  ['body == "open', '"open'],
  ["body. exists", " exists"],
  ["bodyx exists", "bodyx"],
  ["regex /open == 1", "/open == 1"],
  ["regex // exists", "// exists"],
  ["xpath 'open == 1", "'open == 1"],
  ["url matches words", "words"],
  ["url contains /a/", "/a/"],
  ["status one-of 200", "200"],
  ["status one-of []", "[]"],
  ["status one-of [200", "[200"],
  ["status one-of [200,]", "[200,]"],
  ['status one-of [200, "a"]', '[200, "a"]'],
  ["duration < soon", "soon"],
  ["tls.chain[x].issuer exists", "tls.chain[x].issuer"],
  ["tls.certificate.nothing exists", "tls.certificate.nothing"],
  ["tls.resumed == yes", "yes"],
];

describe("assertions", () => {
  for (const [text, read] of right) test(text, () => assert.equal(assertion(text), read));
  for (const [text, at] of wrong) test(`refused: ${text}`, () => assert.deepEqual(assertion(text), { fault: at }));

  test("a slip is named", () => {
    const query = readAssertion(span("statsu == 200"));
    assert.match(query.ok ? "" : query.error.message, /Did you mean "status"\?/);
    const predicate = readAssertion(span("status exist"));
    assert.match(predicate.ok ? "" : predicate.error.message, /Did you mean "exists"\?/);
  });
});

describe("captures", () => {
  const capture = (text: string) => {
    const read = readCapture(span(text));
    if (!read.ok) return undefined;
    const { isSecret, name, query } = read.value;
    assert.equal(text.slice(name.range.start - 7, name.range.end - 7), name.text);
    assert.equal(text.slice(query.range.start - 7, query.range.end - 7), text.slice(text.indexOf("=") + 1).trim());
    return [isSecret, name.text, query.name.text, query.argument?.text];
  };

  test("name, query and whether it is secret", () => {
    assert.deepEqual(capture("token = body.$.token"), [false, "token", "body", "$.token"]);
    assert.deepEqual(capture("secret token=header X-Token"), [true, "token", "header", "X-Token"]);
    assert.deepEqual(capture("secret = status"), [false, "secret", "status", undefined]);
  });

  for (const text of ["", "token", "= status", "a b = status", "token = nothing", "token = status == 200"]) {
    test(`refused: ${text}`, () => assert.equal(capture(text), undefined));
  }
});

describe("facts", () => {
  test("speak", () => {
    for (const [name, fact] of [...queryFacts, ...predicateFacts]) assert.match(fact.documentation, /\.$/, name);
  });

  test("every query can be read with an argument of its kind", () => {
    const examples = { none: "", header: " A", cookie: " a", "json-path": "", xpath: " //a", regex: " /a/" };
    for (const [name, { argument }] of queryFacts) {
      assert.ok(readQuery(span(`${name}${examples[argument]}`)).ok, name);
    }
  });

  test("no text makes the readers throw, and what is read lies in it", () => {
    const words = fc.constantFrom(
      ...queryFacts.keys(),
      ...predicateFacts.keys(),
      "not",
      '"a"',
      "[1, 2]",
      "/x/",
      "1",
      "$.",
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(words, fc.string({ maxLength: 3 }))).map((all) => all.join(" ")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        for (const read of [readAssertion(span(text)), readCapture(span(text)), readQuery(span(text))]) {
          if (read.ok) continue;
          const { start, end } = read.error.range;
          assert.ok(start >= 7 && start <= end && end <= 7 + text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
