import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Given, prepare, prepared, refused, shown } from "./given.ts";

const sent: readonly (readonly [title: string, text: string, url: string, environment?: Given["environment"]])[] = [
  ["no scheme is https", "GET localhost:8443/x", "https://localhost:8443/x"],
  ["an upper-case scheme", "GET HTTPS://LOCALHOST/X", "https://localhost/X"],
  ["a path with a Host header", "GET /x?y\nHost: localhost:8443", "https://localhost:8443/x?y"],
  ["a base URL in a variable", "@b = https://localhost:8443\nGET {{b}}/x", "https://localhost:8443/x"],
  ["a host in a variable", "@h = localhost:1\nGET https://{{h}}/x", "https://localhost:1/x"],
  ["a fragment is not sent", "GET https://localhost/x?a#frag", "https://localhost/x?a"],
  ["an IPv6 address", "GET http://[::1]:80/", "http://[::1]/"],
  ["plain http to loopback", "GET http://127.9.9.9:8080/", "http://127.9.9.9:8080/"],
  ["plain http below localhost", "GET http://a.localhost/", "http://a.localhost/"],
  ["an @ in the path", "GET https://localhost/@evil.test", "https://localhost/@evil.test"],
  ["a secret as the base URL", "GET {{$env.B}}/x", "https://localhost:8443/v1/x", { B: "https://localhost:8443/v1" }],
  ["a secret as the host", "GET https://{{$env.B}}/x", "https://localhost:8443/x", { B: "localhost:8443" }],
  ["a secret as the port", "GET https://localhost:{{$env.B}}/x", "https://localhost:8443/x", { B: "8443" }],
  ["a secret as the Host header", "GET /x\nHost: {{$env.B}}", "https://localhost:8443/x", { B: "localhost:8443" }],
  [
    "a secret in path and query",
    "GET https://localhost/{{$env.A}}?q={{$env.B}}",
    "https://localhost/a/b?q=c&d=%23%20%22%27%",
    { A: "a/b", B: `c&d=# "'%` },
  ],
  [
    "a secret with an @ in the path",
    "GET https://localhost/{{$env.A}}",
    "https://localhost/@evil.test/",
    { A: "@evil.test/" },
  ],
];

const refusals: readonly (readonly [title: string, text: string, shown: string, environment?: Given["environment"]])[] =
  [
    ["a path without a Host header", "GET /x", "parse.error 1:5 /x"],
    ["another scheme", "GET ftp://localhost/", "value.bad-url 1:5 ftp://localhost/"],
    ["a scheme with one slash", "GET https:/localhost/", "value.bad-url 1:5 https:/localhost/"],
    ["no host", "GET https:///x", "value.bad-url 1:5 https:///x"],
    ["a port that is none", "GET https://localhost:99999/", "value.bad-url 1:5 https://localhost:99999/"],
    ["a Host header that is more than a host", "GET /x\nHost: localhost/y", "value.bad-url 2:1 Host: localhost/y"],
    ["a wildcard as the host", "GET https://*.example.com/", "value.bad-url 1:5 https://*.example.com/"],
    ["signs of a shell in the host", "GET https://a$(id).test/", "value.bad-url 1:5 https://a$(id).test/"],
    ["an empty label in the host", "GET https://localhost../", "value.bad-url 1:5 https://localhost../"],
    [
      "a wildcard in the Host header",
      "GET https://localhost/\nHost: *.example.com",
      "value.bad-header 2:1 Host: *.example.com",
    ],
    ["a user name in the Host header", "GET /x\nHost: a@localhost", "value.bad-url 2:1 Host: a@localhost"],
    ["plain http elsewhere", "GET http://example.com/", "policy.plain-http 1:5 http://example.com/"],
    [
      "plain http to a name that only starts with localhost",
      "GET http://localhost.example.com/",
      "policy.plain-http 1:5 http://localhost.example.com/",
    ],
    [
      "plain http to a name that only looks like an address",
      "GET http://127.0.0.1.example.com/",
      "policy.plain-http 1:5 http://127.0.0.1.example.com/",
    ],
    [
      "a secret host that ends early",
      "GET https://{{$env.B}}.localhost/",
      "value.bad-url 1:13 {{$env.B}}",
      { B: "evil.test/" },
    ],
    [
      "a secret host with a user name",
      "GET https://{{$env.B}}localhost/",
      "value.bad-url 1:13 {{$env.B}}",
      { B: "a@evil.test?" },
    ],
    [
      "a secret port with a host",
      "GET https://localhost:{{$env.B}}/",
      "value.bad-url 1:23 {{$env.B}}",
      { B: "1@evil.test" },
    ],
    [
      "a secret behind a secret base",
      "GET {{$env.A}}{{$env.B}}/x",
      "value.bad-url 1:15 {{$env.B}}",
      { A: "https://localhost", B: "@evil.test" },
    ],
    ["a secret base with a fragment", "GET {{$env.B}}/x", "value.bad-url 1:5 {{$env.B}}", { B: "https://localhost/#" }],
    [
      "a secret with a line break",
      "GET https://localhost/{{$env.B}}",
      "value.header-injection 1:23 {{$env.B}}",
      { B: "a\r\nX: 1" },
    ],
    [
      "a secret base for another host",
      "GET {{$env.B}}/x",
      "policy.secret-host 1:5 {{$env.B}}",
      { B: "https://evil.test" },
    ],
    [
      "a secret in the name of another host",
      "GET https://{{$env.B}}.evil.test/",
      "policy.secret-host 1:13 {{$env.B}}",
      { B: "top-secret" },
    ],
    ["an unset host", "GET https://{{$env.B}}/", "variable.unset 1:13 {{$env.B}}"],
    ["an empty secret", "GET https://localhost/{{$env.B}}", "variable.unset 1:23 {{$env.B}}", { B: "" }],
  ];

const given = (environment: Given["environment"]): Given => (environment ? { environment } : {});

describe("request target", () => {
  for (const [title, text, url, environment] of sent) {
    it(title, async () => assert.equal((await prepared(text, given(environment))).url.href, url));
  }

  for (const [title, text, expected, environment] of refusals) {
    it(`refuses ${title}`, async () => {
      const failure = await refused(text, given(environment));
      assert.equal(shown(failure), expected);
      const everything = JSON.stringify([failure.title, failure.detail, failure.fix, failure.location]);
      for (const value of Object.values(environment ?? {})) {
        if (value.length > 3) assert.ok(!everything.includes(value), everything);
      }
    });
  }

  it("turns a user name and password into Basic credentials, and sends neither in the target", async () => {
    const text = "GET https://us%40er:{{$env.P}}@localhost/";
    const request = await prepared(text, { environment: { P: "p@ss:/?#wörd" } });
    assert.equal(request.url.href, "https://localhost/");
    const encoded = Buffer.from("us@er:p@ss:/?#wörd").toString("base64");
    assert.deepEqual(request.headers, [["Authorization", `Basic ${encoded}`]]);
    assert.equal(request.redactor.redact(`Basic ${encoded}`), "Basic {{$env.P}}");
  });

  it("knows the parts of a base URL with a password", async () => {
    const request = await prepared("GET {{$env.B}}/x", { environment: { B: "https://us:pass%21word@localhost" } });
    assert.equal(request.headers[0]?.[1], `Basic ${Buffer.from("us:pass!word").toString("base64")}`);
    assert.equal(request.redactor.redact("pass!word"), "{{$env.B}}");
  });

  it("keeps an Authorization header of the author's", async () => {
    const request = await prepared("GET https://a:b@localhost/\nauthorization: Bearer x");
    assert.deepEqual(request.headers, [["authorization", "Bearer x"]]);
  });

  it("refuses a secret user name with a colon", async () => {
    const failure = await refused("GET https://{{$env.U}}:x@localhost/", { environment: { U: "a:b" } });
    assert.equal(shown(failure), "value.bad-url 1:13 {{$env.U}}");
  });

  it("hides a secret host also as the URL shows it", async () => {
    const request = await prepared("GET https://{{$env.H}}/", { environment: { H: "LOCALHOST" } });
    assert.equal(request.redactor.redact(request.url.href), "https://{{$env.H}}/");
  });
});

describe("a value in a path", () => {
  const send = (url: string, value: string) =>
    prepare(`# @prompt id\nGET https://localhost${url}`, { answers: { id: value } });

  for (const [url, value] of [
    ["/users/{{id}}", "../admin"],
    ["/users/{{id}}/x", ".."],
    ["/users/.{{id}}", "."],
    ["/users/{{id}}", "a/%2E%2e/b"],
    ["/users/{{id}}?q", "."],
  ] as const) {
    it(`may not climb: ${value} in ${url}`, async () => {
      const result = await send(url, value);
      assert.equal(result.ok ? result.value.url.href : result.error.code, "value.bad-url");
    });
  }

  for (const [url, value, href] of [
    ["/users/{{id}}", "a/b.c", "/users/a/b.c"],
    ["/a/../users/{{id}}", "1", "/users/1"],
    ["/users/{{%id}}", "../admin", "/users/..%2Fadmin"],
    ["/users?q={{id}}", "../..", "/users?q=../.."],
    ["/users/x{{id}}", "..", "/users/x.."],
  ] as const) {
    it(`may be anything else: ${value} in ${url}`, async () => {
      const result = await send(url, value);
      assert.equal(result.ok ? result.value.url.href : result.error.code, `https://localhost${href}`);
    });
  }
});
