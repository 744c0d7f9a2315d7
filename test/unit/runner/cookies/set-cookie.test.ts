import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readSetCookie } from "../../../../src/runner/cookies/set-cookie.ts";

const now = Date.parse("2026-11-22T10:00:00Z");
const read = (field: string, url = "https://a.example.com/app/login?x=1") => readSetCookie(field, new URL(url), now);
const refusalOf = (field: string, url?: string) => read(field, url).refusal;

describe("what a Set-Cookie field says", () => {
  test("all of its attributes", () => {
    const field =
      "sid=abc=; Domain=.Example.com; Path=/app; Max-Age=60; Secure; HttpOnly; SameSite=LAX; Partitioned; Priority=High";
    assert.deepEqual(read(field), {
      name: "sid",
      cookie: {
        name: "sid",
        value: "abc=",
        domain: "example.com",
        hostOnly: false,
        path: "/app",
        expires: now + 60_000,
        secure: true,
        httpOnly: true,
        sameSite: "lax",
        partitioned: true,
      },
      refusal: undefined,
    });
  });

  test("without attributes: for this host alone, the folder of the path, until the session ends", () => {
    assert.deepEqual(read(" sid = a b ").cookie, {
      name: "sid",
      value: "a b",
      domain: "a.example.com",
      hostOnly: true,
      path: "/app",
      expires: undefined,
      secure: false,
      httpOnly: false,
      sameSite: undefined,
      partitioned: false,
    });
  });

  for (const [attributes, expires] of [
    ["Expires=Sun, 22 Nov 2026 11:00:00 GMT", now + 3_600_000],
    ["expires=Sunday, 22-Nov-26 11:00:00 GMT", now + 3_600_000],
    ["Expires=Sun, 22 Nov 2026 11:00:00 GMT; Max-Age=5", now + 5_000],
    ["Expires=Thu, 01 Jan 1970 00:00:00 GMT", 0],
    ["Max-Age=0", 0],
    ["Max-Age=-7", 0],
    ["Max-Age=1e9", undefined],
    [`Max-Age=${"9".repeat(400)}`, now + 400 * 86_400_000],
    ["Expires=Fri, 31 Dec 9999 23:59:59 GMT", now + 400 * 86_400_000],
    ["Expires=tomorrow", undefined],
    ["Expires=Sun, 99 Nov 2026 99:00:00 GMT", undefined],
    ["Expires", undefined],
  ] as const) {
    test(`${attributes.slice(0, 60)}: ${expires ?? "until the session ends"}`, () => {
      assert.equal(read(`a=b; ${attributes}`).cookie?.expires, expires);
    });
  }

  test("bytes are read as UTF-8, which is how they go back", () => {
    const wire = Buffer.from("näme=wért").toString("latin1");
    assert.deepEqual([read(wire).cookie?.name, read(wire).cookie?.value], ["näme", "wért"]);
    assert.equal(refusalOf("a=\xe9"), "it is not written in UTF-8");
  });
});

describe("what no jar takes", () => {
  for (const [field, reason] of [
    ["a=1; Domain=com", "com is a public suffix"],
    ["a=1; Domain=co.uk", "co.uk is a public suffix"],
    ["a=1; Domain=github.io", "github.io is a public suffix"],
    ["a=1; Domain=localhost", "localhost is a public suffix"],
    ["a=1; Domain=test", "test is a public suffix"],
    ["a=1; Domain=b.example.com", "it is for b.example.com, and a.example.com may not set it"],
    ["a=1; Domain=x.a.example.com", "it is for x.a.example.com, and a.example.com may not set it"],
    ["a=1; Domain=ample.com", "it is for ample.com, and a.example.com may not set it"],
    ["a=1; Domain=example.com@b.test", "its Domain is no host name"],
    ["a=1; Domain=*.example.com", "its Domain is no host name"],
    ["a=1; Domain=\u00c3\u00a9@example.com", "its Domain is no host name"],
    ["__Secure-a=1", "a name that begins with __Secure- needs Secure"],
    ["__secure-a=1", "a name that begins with __secure- needs Secure"],
    ["__Host-a=1; Secure", "a name that begins with __Host- needs Secure, Path=/ and no Domain"],
    ["__Host-a=1; Path=/", "a name that begins with __Host- needs Secure, Path=/ and no Domain"],
    [
      "__HOST-a=1; Path=/; Secure; Domain=a.example.com",
      "a name that begins with __HOST- needs Secure, Path=/ and no Domain",
    ],
    ["just text", "it has no name"],
    ["=value", "it has no name"],
    ["", "it has no name"],
    [";", "it has no name"],
    ["a\u0000=1", "it holds control characters"],
    ["a=1\u007f", "it holds control characters"],
    ["a=1; Path=/\u001b[31m", "it holds control characters"],
    [`a=${"x".repeat(4096)}`, "it is larger than 4096 bytes"],
    [`a=1; x=${"x".repeat(9000)}`, "it is larger than 4096 bytes"],
  ] as const) {
    test(`${JSON.stringify(field.slice(0, 40))}: ${reason}`, () => assert.equal(refusalOf(field), reason));
  }

  test("a name that is too long is left out: the beginning of a secret at its end would not be hidden", () => {
    assert.equal(read(`${"x".repeat(4090)}p4ssword=1`).name, "");
    assert.equal(read(`${"x".repeat(4000)}=${"y".repeat(200)}`).name.length, 4000);
  });

  test("a Secure cookie over plain http, also on this machine", () => {
    const reason = "it is Secure, and plain http sets no such cookie";
    assert.equal(refusalOf("a=1; Secure", "http://localhost:8080/"), reason);
    assert.equal(refusalOf("a=1; Secure", "https://localhost:8080/"), undefined);
  });

  test("what keeps its promises is taken", () => {
    for (const field of ["__Secure-a=1; Secure", "__Host-a=1; Secure; Path=/", "a=; Path=/", "a=1; Domain="]) {
      assert.equal(refusalOf(field), undefined, field);
    }
  });

  test("a Domain that is the host itself, and nobody's registered name, is for the host alone", () => {
    for (const [url, domain] of [
      ["https://localhost/", "localhost"],
      ["https://intranet/", "intranet"],
      ["https://local/", "local"],
      ["https://github.io/", "github.io"],
      ["https://127.0.0.1/", "127.0.0.1"],
      ["https://[::1]/", "::1"],
    ] as const) {
      const { cookie, refusal } = read(`a=1; Domain=${domain}`, url);
      assert.deepEqual([cookie?.domain, cookie?.hostOnly, refusal], [domain, true, undefined], url);
    }
    assert.equal(refusalOf("a=1; Domain=0.0.1", "https://127.0.0.1/"), "it is for 0.0.1, and 127.0.0.1 may not set it");
    assert.equal(read("a=1; Domain=a.example.com").cookie?.hostOnly, false);
  });
});
