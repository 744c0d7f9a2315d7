import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CookieJar } from "../../../../src/runner/cookies/jar.ts";
import { CookieJars } from "../../../../src/runner/cookies/jars.ts";

const start = Date.parse("2026-11-22T10:00:00Z");
const nothing = () => ({ names: [], isPrivate: false, redactor: undefined });

function jarWith(...fields: readonly (readonly [url: string, field: string])[]): CookieJar {
  const jar = new CookieJar();
  for (const [url, field] of fields) take(jar, url, field);
  return jar;
}

function take(jar: CookieJar, url: string, field: string, now = start) {
  return jar.take(field, new URL(url), now, nothing);
}

/** "name=value" of what goes to a URL that the file names itself. */
function sentTo(jar: CookieJar, url: string, now = start, home = url, method = "GET"): string[] {
  return jar
    .matching({ url: new URL(url), home: new URL(home), method }, now)
    .map(({ name, value }) => `${name}=${value}`);
}

describe("where a cookie goes", () => {
  test("without Domain to its host alone, with Domain to those below it, on any port", () => {
    const jar = jarWith(
      ["https://a.example.com/", "own=1"],
      ["https://a.example.com/", "all=2; Domain=example.com"],
      ["https://127.0.0.1/", "ip=3; Domain=127.0.0.1"],
      ["https://[::1]:8443/", "six=4"],
    );
    assert.deepEqual(sentTo(jar, "https://a.example.com:8443/"), ["own=1", "all=2"]);
    assert.deepEqual(sentTo(jar, "https://b.example.com/"), ["all=2"]);
    assert.deepEqual(sentTo(jar, "https://example.com/"), ["all=2"]);
    assert.deepEqual(sentTo(jar, "https://x.a.example.com/"), ["all=2"]);
    assert.deepEqual(sentTo(jar, "https://badexample.com/"), []);
    assert.deepEqual(sentTo(jar, "https://127.0.0.1/"), ["ip=3"]);
    assert.deepEqual(sentTo(jar, "https://[::1]/"), ["six=4"]);
  });

  test("below its path, the longest path first, then the oldest", () => {
    const jar = jarWith(
      ["https://a.test/", "root=1; Path=/"],
      ["https://a.test/", "app=2; Path=/app"],
      ["https://a.test/", "other=3; Path=/"],
      ["https://a.test/app/x", "deep=4; Path=/app/"],
    );
    assert.deepEqual(sentTo(jar, "https://a.test/app/y?z"), ["deep=4", "app=2", "root=1", "other=3"]);
    assert.deepEqual(sentTo(jar, "https://a.test/app"), ["app=2", "root=1", "other=3"]);
    assert.deepEqual(sentTo(jar, "https://a.test/apple"), ["root=1", "other=3"]);
  });

  test("a Secure one not over plain http, which does not replace it either", () => {
    const jar = jarWith(["https://localhost/", "sid=good; Secure; Path=/"], ["https://localhost/", "plain=1; Path=/"]);
    assert.deepEqual(sentTo(jar, "http://localhost/"), ["plain=1"]);
    const { refusal } = take(jar, "http://localhost/", "sid=evil; Path=/");
    assert.equal(refusal, "a Secure cookie of this name is kept, which plain http does not replace");
    assert.equal(take(jar, "http://localhost/", "sid=evil; Path=/login").refusal, refusal);
    assert.deepEqual(sentTo(jar, "https://localhost/login"), ["sid=good", "plain=1"]);
  });

  test("SameSite holds back what another site's redirect asks for, and nothing of a file's own request", () => {
    const fields = ["none=1; SameSite=None", "lax=2; SameSite=Lax", "strict=3; SameSite=Strict", "unset=4"];
    const jar = jarWith(...fields.map((field) => ["https://bank.test/", field] as const));
    const all = ["none=1", "lax=2", "strict=3", "unset=4"];
    const sent = (home: string, method: string) => sentTo(jar, "https://bank.test/", start, home, method);
    assert.deepEqual(sent("https://bank.test/", "POST"), all);
    assert.deepEqual(sent("https://www.bank.test/", "POST"), all);
    assert.deepEqual(sent("https://evil.test/", "GET"), ["none=1", "lax=2", "unset=4"]);
    assert.deepEqual(sent("https://evil.test/", "POST"), ["none=1", "unset=4"]);
  });

  test("not after its time, and a server takes one back with a date that has passed", () => {
    const jar = jarWith(["https://a.test/", "short=1; Max-Age=60"], ["https://a.test/", "session=2"]);
    assert.deepEqual(sentTo(jar, "https://a.test/", start + 59_999), ["short=1", "session=2"]);
    assert.deepEqual(sentTo(jar, "https://a.test/", start + 60_000), ["session=2"]);
    assert.equal(jar.size, 1);
    assert.equal(take(jar, "https://a.test/", "session=; Max-Age=0").removed, true);
    assert.equal(jar.size, 0);
    assert.equal(take(jar, "https://a.test/", "never=; Expires=Thu, 01 Jan 1970 00:00:00 GMT").removed, true);
    assert.equal(jar.size, 0);
  });

  test("the new value takes the place of the old one, and keeps its turn", () => {
    const jar = jarWith(["https://a.test/", "a=1"], ["https://a.test/", "b=1"], ["https://a.test/", "a=2"]);
    assert.deepEqual(sentTo(jar, "https://a.test/"), ["a=2", "b=1"]);
  });

  test("names of objects are names", () => {
    const jar = jarWith(
      ["https://a.test/", "__proto__=1; Path=/__proto__; Domain=__proto__.test"],
      ["https://__proto__.test/", "__proto__=2; Path=/__proto__"],
      ["https://a.test/", "constructor=3; Path=/"],
    );
    assert.deepEqual(sentTo(jar, "https://__proto__.test/__proto__"), ["__proto__=2"]);
    assert.deepEqual(sentTo(jar, "https://a.test/x"), ["constructor=3"]);
    assert.equal(Object.getOwnPropertyNames(Object.prototype).includes("1"), false);
  });
});

describe("a jar is bounded", () => {
  test("for a domain: what was not used for longest gives way", () => {
    const jar = new CookieJar({ perDomain: 3, total: 100 });
    for (const name of ["a", "b", "c"]) take(jar, "https://x.test/", `${name}=1; Path=/${name}`);
    sentTo(jar, "https://x.test/a");
    take(jar, "https://x.test/", "d=1; Path=/");
    take(jar, "https://y.test/", "other=1");
    assert.deepEqual(
      jar.all(start).map(({ name }) => name),
      ["c", "a", "d", "other"],
    );
  });

  test("in all: first what has expired, then the oldest", () => {
    const jar = new CookieJar({ perDomain: 100, total: 3 });
    for (const name of ["a", "b", "c"])
      take(jar, `https://${name}.test/`, `${name}=1${name === "b" ? "; Max-Age=1" : ""}`);
    take(jar, "https://d.test/", "d=1", start + 2000);
    assert.deepEqual(
      jar.all(start + 2000).map(({ name }) => name),
      ["a", "c", "d"],
    );
    take(jar, "https://e.test/", "e=1", start + 2000);
    assert.deepEqual(
      jar.all(start + 2000).map(({ name }) => name),
      ["c", "d", "e"],
    );
  });

  test("5,000 cookies take no time worth the name", () => {
    const jar = new CookieJar();
    const begin = performance.now();
    for (let index = 0; index < 5000; index++)
      take(jar, `https://h${index % 50}.test/`, `n${index}=${"x".repeat(100)}`);
    assert.equal(jar.size, 3000);
    assert.ok(performance.now() - begin < 5000);
  });
});

describe("jars", () => {
  test("one for each workspace and environment; listed and cleared by either", async () => {
    const jars = new CookieJars();
    const places = [
      { root: "/one", environment: "" },
      { root: "/one", environment: "dev" },
      { root: "/two", environment: "dev" },
    ];
    for (const [index, place] of places.entries()) {
      (await jars.open(place)).take(`n=${index}`, new URL("https://a.test/"), Date.now(), nothing);
      (await jars.open(place)).take(`m=${index}`, new URL("https://b.test/"), Date.now(), nothing);
    }
    const values = (filter = {}) => jars.list(filter).map(({ name, value }) => name + value);
    assert.deepEqual(values({ root: "/one" }), ["n0", "m0", "n1", "m1"]);
    assert.deepEqual(values({ root: "/one", environment: "" }), ["n0", "m0"]);
    assert.deepEqual(values({ domain: "b.test" }), ["m0", "m1", "m2"]);
    const [first] = jars.list({ root: "/two" });
    assert.equal(jars.clear({ id: first?.id ?? "" }), 1);
    assert.equal(jars.clear({ environment: "dev", domain: "b.test" }), 2);
    assert.deepEqual(values(), ["n0", "m0", "n1"]);
    assert.equal(jars.clear(), 3);
    assert.equal(jars.find({ root: "/three", environment: "" }), undefined);
  });

  test("a place that is used stays, the one that was not used for longest gives way", async () => {
    const jars = new CookieJars();
    for (let index = 0; index <= 30; index++) {
      const jar = await jars.open({ root: `/${index}`, environment: "" });
      jar.take("a=1", new URL("https://a.test/"), Date.now(), nothing);
      await jars.open({ root: "/0", environment: "" });
    }
    assert.equal(jars.list().length, 30);
    assert.ok(jars.find({ root: "/0", environment: "" }));
    assert.equal(jars.find({ root: "/1", environment: "" }), undefined);
  });
});
