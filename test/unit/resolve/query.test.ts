import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { loadQueryLanguages, selectFromExchange } from "../../../src/resolve/query/index.ts";
import { jsonSourceAt } from "../../../src/resolve/query/json-source.ts";
import { OutOfTime, withinTime } from "../../../src/resolve/query/time-limit.ts";
import type { KnownExchange } from "../../../src/resolve/values/sources.ts";
import { createRedactor } from "../../../src/secrets/index.ts";

await loadQueryLanguages();

type Headers = readonly (readonly [string, string])[];

function exchange(body: string | Uint8Array, headers: Headers = []): KnownExchange {
  return {
    redactor: createRedactor(),
    request: {
      method: "POST",
      url: "https://localhost/login",
      headers: [["X-Trace", "t1"]],
      body: Buffer.from('{"user":"alice"}'),
    },
    response: { status: 201, headers, body: typeof body === "string" ? Buffer.from(body) : body },
  };
}

function select(rest: string, body: string | Uint8Array = "", headers: Headers = []): string {
  const result = selectFromExchange(exchange(body, headers), rest);
  assert.ok(result.ok, result.ok ? "" : `${rest}: ${result.error.detail}`);
  return result.value;
}

function problem(rest: string, body: string | Uint8Array = "", headers: Headers = []): string {
  const result = selectFromExchange(exchange(body, headers), rest);
  assert.ok(!result.ok, result.ok ? `${rest} gave ${result.value}` : "");
  assert.match(result.error.fix, /[.?]$/);
  return result.error.detail;
}

const json = `{
  "token": "t\\"1\\u00e9", "id": 12345678901234567890, "ratio": 1.50e+2, "none": null, "yes": true,
  "access-token": "hyphen", "full name": "blank",
  "items": [ { "id": 1, "tags": [ "a b", "c" ] }, { "id": 2 , "tags": [] } ],
  "twice": "first", "twice": "last"
}`;

describe("parts of an exchange", () => {
  it("status, method, URL and headers", () => {
    assert.equal(select("response.status"), "201");
    assert.equal(select("request.method"), "POST");
    assert.equal(select("request.url"), "https://localhost/login");
    assert.equal(select("request.headers.x-trace"), "t1");
    const headers: Headers = [
      ["Link", "a"],
      ["Other", "x"],
      ["link", "b"],
    ];
    assert.equal(select("response.headers.LINK", "", headers), "a, b");
  });

  it("bodies as they are, in the charset of their header", () => {
    for (const path of ["response.body", "response.body.*"]) assert.equal(select(path, " {a} "), " {a} ");
    const latin1: Headers = [["content-type", "text/plain; charset=ISO-8859-1"]];
    assert.equal(select("response.body", Uint8Array.of(0xe9), latin1), "é");
    assert.equal(select("response.body", "\ufeffx"), "x");
    assert.equal(select("request.body.$.user"), "alice");
  });

  const wrong: readonly (readonly [string, RegExp])[] = [
    ["response", /no part ""/],
    ["response.stauts", /no part "stauts"/],
    ["response.status.x", /not a part/],
    ["request.status", /no part "status"/],
    ["response.headers", /name of a header is missing/],
    ["response.headers.X-Trace", /no header X-Trace/],
    ["response.toString", /no part "toString"/],
    ["response.body", /no body/],
    ["else.body", /not a part/],
  ];
  for (const [rest, expected] of wrong) it(`refuses ${rest}`, () => assert.match(problem(rest), expected));

  it("refuses a body that is no text, and a charset that nobody knows", () => {
    assert.match(problem("response.body", Uint8Array.of(0xff, 0xfe, 0xff)), /not text/);
    assert.match(problem("response.body", "x", [["Content-Type", "text/plain; charset=nope"]]), /charset "nope"/);
  });
});

describe("JSONPath", () => {
  const cases: Readonly<Record<string, string>> = {
    "$.token": 't"1é',
    token: 't"1é',
    "$.id": "12345678901234567890",
    "$.ratio": "1.50e+2",
    "$.none": "null",
    "$.yes": "true",
    "$.items[0]": '{"id":1,"tags":["a b","c"]}',
    "$.items[-1].id": "2",
    "items[1].id": "2",
    "$..id": "12345678901234567890",
    "$.items[*].id": "1",
    "$.items[?@.id>1].tags": "[]",
    "$.access-token": "hyphen",
    "access-token": "hyphen",
    "$['access-token']": "hyphen",
    "$['full name']": "blank",
    "$.twice": "last",
    "$.items[?match(@.tags[0], 'a.*')].id": "1",
  };
  for (const [path, expected] of Object.entries(cases)) {
    it(path, () => assert.equal(select(`response.body.${path}`, json), expected));
  }
  it("[0] of a list", () => assert.equal(select("response.body.[0]", "[ 1.0 ]"), "1.0"));
  it("$ alone is the whole body without blanks", () =>
    assert.equal(select("response.body.$", ' { "a" : [ 1 ] } '), '{"a":[1]}'));

  it("refuses what is not there, not JSON, not a path, or too long", () => {
    assert.match(problem("response.body.$.nothing", json), /nothing at \$\.nothing/);
    assert.match(problem("response.body.$.a", "<a/>"), /not JSON/);
    assert.match(problem("response.body.$[", json), /not a JSONPath/);
    assert.match(problem("response.body.$.a b", json), /not a JSONPath/);
    assert.match(problem(`response.body.$.${"a".repeat(1001)}`, json), /more than 1000/);
    assert.match(problem("response.body.$..x", "[".repeat(3000) + "]".repeat(3000)), /nested too deeply/);
  });

  it("the source of every value reads as that value", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(0, 1, "\t"), (text, indent) => {
        const value: unknown = JSON.parse(text);
        const source = JSON.stringify(value, null, indent);
        const walk = (inner: unknown, path: readonly (string | number)[]) => {
          assert.equal(jsonSourceAt(source, path), JSON.stringify(inner));
          if (Array.isArray(inner)) for (const [index, element] of inner.entries()) walk(element, [...path, index]);
          else if (typeof inner === "object" && inner !== null)
            for (const [name, member] of Object.entries(inner)) walk(member, [...path, name]);
        };
        walk(value, []);
      }),
    );
  });
});

describe("XPath", () => {
  const xml =
    '<?xml version="1.0"?><r xmlns="urn:d" xmlns:p="urn:p"><i id="7">a &amp; b</i><i id="8"><p:c>x</p:c><d/></i></r>';
  const plain = '<r><i id="7">a &amp; b</i><i id="8"><c>x</c><d/></i><![CDATA[<z>]]></r>';
  const cases: Readonly<Record<string, string>> = {
    "//i": "a & b",
    "//i[2]/@id": "8",
    "/r/i[2]": "<c>x</c><d/>",
    "/r/text()": "<z>",
    "//i[@id='8']/c/text()": "x",
  };
  for (const [path, expected] of Object.entries(cases)) {
    it(path, () => assert.equal(select(`response.body.${path}`, plain), expected));
  }
  it("uses the prefixes of the root element", () => {
    assert.equal(select("response.body.//p:c", xml), "x");
    assert.equal(select("response.body.//*[local-name()='i']/@id", xml), "7");
  });

  it("refuses what is not there, not XML, not an expression, and unknown prefixes", () => {
    assert.match(problem("response.body.//nothing", plain), /nothing at/);
    assert.match(problem("response.body.//a", '{"a":1}'), /not XML/);
    assert.match(problem("response.body.//a", "<a><b></a>"), /not XML/);
    assert.match(problem("response.body.//a[", plain), /not an XPath/);
    assert.match(problem("response.body.//q:a", plain), /not an XPath/);
  });

  it("expands no entities of a document, and reads no file for it", () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>';
    const file = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>';
    for (const text of [bomb, file]) assert.match(problem("response.body.//a", text), /not safe/);
    assert.match(problem("response.body.//a", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>&b;</a>'), /not XML/);
  });
});

describe("hostile bodies and paths", () => {
  it("a pattern that backtracks without end is stopped", () => {
    const body = JSON.stringify(["a".repeat(50)]);
    assert.match(problem("response.body.$[?match(@, '(a+)+b')]", body), /takes too long/);
  });

  it("work within the time gives its value or its own error", () => {
    assert.equal(
      withinTime(1000, () => 7),
      7,
    );
    assert.throws(() => withinTime(1000, () => JSON.parse("{")), SyntaxError);
    assert.throws(
      () =>
        withinTime(20, () => {
          for (;;);
        }),
      OutOfTime,
    );
  });

  it("never throws", () => {
    const rest = fc.string({
      unit: fc.constantFrom("$", ".", "[", "]", "*", "/", "@", "?", "'", "a", "0", "-", "(", ")", ":"),
    });
    fc.assert(
      fc.property(rest, fc.constantFrom(json, "<a><b id='1'/></a>", "", "text"), (path, body) => {
        const result = selectFromExchange(exchange(body), `response.body.${path}`);
        assert.equal(typeof result.ok, "boolean");
      }),
    );
  });
});

describe("a body that is nested without end", () => {
  const xml = `${"<a>".repeat(100_000)}x${"</a>".repeat(100_000)}`;
  for (const path of ["/a", "//a[last()]", "//b"]) {
    it(`is given or refused, and no fault: ${path}`, () => {
      const result = selectFromExchange(exchange(xml), `response.body.${path}`);
      if (!result.ok) assert.match(result.error.detail, /nested too deeply|takes too long|has nothing at/);
    });
  }
});
