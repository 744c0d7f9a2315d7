import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { maskHeader } from "../../../../src/protocol/masking/headers.ts";
import { maskJson } from "../../../../src/protocol/masking/json.ts";
import { keepsAdded, keepsAll, mask } from "../../../../src/protocol/masking/mask.ts";
import { holdsCredential } from "../../../../src/protocol/masking/source-line.ts";
import { maskForm, maskUrl, maskUrlsIn } from "../../../../src/protocol/masking/urls.ts";

/** Letters that stand nowhere else in the texts around them, so that each piece of three that is left is a leak. */
const credential = fc.string({ unit: fc.constantFrom(..."QWXZ0123456789-._~+/=%{}"), minLength: 6, maxLength: 60 });
const letters = /[QWXZ]{2}|\d{3}/;

function leftOf(shown: string, value: string): string[] {
  const parts = Array.from({ length: value.length - 2 }, (_, at) => value.slice(at, at + 3));
  return parts.filter((part) => letters.test(part) && shown.includes(part));
}

const header = (name: string, build: (value: string) => string) => (value: string) =>
  maskHeader(name, build(value), keepsAdded(build(value)));

describe("nothing of a credential is left", () => {
  const places: Readonly<Record<string, (value: string) => string>> = {
    bearer: header("Authorization", (value) => `Bearer ${value}`),
    basic: header("Authorization", (value) => `Basic ${Buffer.from(value).toString("base64")}`),
    "no scheme": header("Authorization", (value) => value),
    "a scheme that nobody knows": header("Authorization", (value) => `QQQ${value} ${value}`),
    digest: header("Proxy-Authorization", (value) => `Digest realm="r", response="${value}", opaque=${value}`),
    "a list that is none": header("Authorization", (value) => `Digest ${value}`),
    cookie: header("Cookie", (value) => `a=${value}; b="${value}"`),
    "set-cookie": header("Set-Cookie", (value) => `a=${value}; Path=/; HttpOnly`),
    "an API key": header("X-Api-Key", (value) => value),
    location: header("Location", (value) => `/cb?code=${encodeURIComponent(value)}&x=1`),
    "a URL in a URL": header(
      "Referer",
      (value) => `/?u=${encodeURIComponent(`/cb?token=${encodeURIComponent(value)}`)}`,
    ),
    password: (value) => maskUrl(`https://ada:${encodeURIComponent(value)}@host/`, keepsAdded(value)),
    "a password in a URL in a URL": (value) =>
      maskUrl(`/?u=${encodeURIComponent(`https://ada:${encodeURIComponent(value)}@host/`)}`, keepsAdded(value)),
    form: (value) => maskForm(`a=1&password=${encodeURIComponent(value)}`, keepsAdded(value)),
    JSON: (value) =>
      maskJson(JSON.stringify({ a: 1, password: value, list: [{ token: value }] }, null, 2), keepsAdded(value)),
  };
  for (const [place, show] of Object.entries(places)) {
    test(place, () => {
      fc.assert(fc.property(credential, (value) => assert.deepEqual(leftOf(show(value), value), [], show(value))));
    });
  }
});

test("any text is masked without an error", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (name, value) => {
      assert.equal(typeof maskHeader(name, value, keepsAll), "string");
      for (const maskOf of [maskUrl, maskUrlsIn, maskForm, maskJson]) maskOf(value, keepsAll);
      holdsCredential(value);
    }),
  );
});

test("a text of many megabytes is no problem", () => {
  for (const long of ["a".repeat(5e6), '\\"'.repeat(2e6), "a%40".repeat(1e6)]) {
    assert.equal(maskJson(`{"password":"${long}"}`, keepsAll), `{"password":"${mask}"}`);
    assert.equal(maskForm(`password=${long}`, keepsAll), `password=${mask}`);
    assert.ok(maskUrl(`https://${long}@host`, keepsAll).length > 0);
  }
});

describe("the time does not grow with the square of the length", () => {
  const size = 100_000;
  const texts: Readonly<Record<string, string>> = {
    cookies: "a=bcdefgh; ".repeat(size / 11),
    blanks: `a=${" ".repeat(size)}b`,
    references: "{{a}}".repeat(size / 5),
    "different references": Array.from({ length: size / 10 }, (_, index) => `{{v${index}}}`).join(""),
    braces: "{".repeat(size),
    quotes: `"${'\\"'.repeat(size / 2)}`,
    backslashes: "\\".repeat(size),
    "open quotes": 'a="'.repeat(size / 3),
    schemes: "://".repeat(size / 3),
    "encoded schemes": "%3A%2F%2F".repeat(size / 9),
    "schemes of a deep level": `%${"25".repeat(6)}3A%${"25".repeat(6)}2F%${"25".repeat(6)}2F`.repeat(size / 45),
    "many levels of encoding": `%${"25".repeat(size / 2)}`,
    "at signs": `https://${"a@".repeat(size / 2)}`,
    parameters: "&token=abc".repeat(size / 10),
    "parameters without values": "?token".repeat(size / 6),
    letters: "a".repeat(size),
    list: 'realm="a", '.repeat(size / 11),
    members: `{${'"token":"a",'.repeat(size / 12)}`,
    colons: "a:".repeat(size / 2),
  };
  const masks: Readonly<Record<string, (text: string) => unknown>> = {
    Authorization: (text) => maskHeader("Authorization", `Digest ${text}`, keepsAdded(text, new Set())),
    Cookie: (text) => maskHeader("Cookie", text, keepsAdded(text, new Set())),
    "Set-Cookie": (text) => maskHeader("Set-Cookie", text, keepsAdded(text, new Set())),
    "X-Api-Key": (text) => maskHeader("X-Api-Key", text, keepsAdded(text, new Set())),
    URL: (text) => maskUrl(text, keepsAll),
    text: (text) => maskUrlsIn(text, keepsAll),
    form: (text) => maskForm(text, keepsAll),
    JSON: (text) => maskJson(text, keepsAll),
    line: holdsCredential,
  };
  for (const [what, text] of Object.entries(texts)) {
    test(what, () => {
      for (const [name, run] of Object.entries(masks)) {
        const start = performance.now();
        run(text);
        const took = performance.now() - start;
        assert.ok(took < 2_000, `${name} took ${took.toFixed()} ms`);
      }
    });
  }
});
