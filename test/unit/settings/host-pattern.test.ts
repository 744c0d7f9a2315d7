import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { matchesHost, mostSpecific, parseHostPattern, patternFor } from "../../../src/settings/host-pattern.ts";
import type { HostPattern } from "../../../src/settings/model.ts";

function pattern(text: string): HostPattern {
  const parsed = parseHostPattern(text);
  assert.ok(parsed.ok, `${text}: ${parsed.ok ? "" : parsed.error.reason}`);
  return parsed.value;
}

const matching: readonly (readonly [pattern: string, url: string, matches: boolean])[] = [
  ["api.example.com", "https://api.example.com/x", true],
  ["api.example.com", "https://API.Example.COM./x", true],
  ["API.example.com.", "https://api.example.com", true],
  ["api.example.com", "https://api.example.com:443", true],
  ["api.example.com", "https://api.example.com:8443", false],
  ["api.example.com", "https://api.example.com.evil.com", false],
  ["api.example.com", "https://evil.com/api.example.com", false],
  ["api.example.com", "https://api.example.com@evil.com", false],
  ["api.example.com", "https://xapi.example.com", false],
  ["api.example.com:443", "https://api.example.com", true],
  ["api.example.com:443", "http://api.example.com", false],
  ["localhost", "http://localhost", true],
  ["localhost:80", "http://localhost", true],
  ["localhost:8443", "https://localhost:8443", true],
  ["localhost:*", "https://localhost:1", true],
  ["*.example.com", "https://a.example.com", true],
  ["*.example.com", "https://a.b.example.com", true],
  ["*.example.com", "https://example.com", false],
  ["*.example.com", "https://aexample.com", false],
  ["*.example.com", "https://a.example.com:8443", false],
  ["*.example.com:*", "https://a.example.com:8443", true],
  ["bücher.example", "https://xn--bcher-kva.example", true],
  ["xn--bcher-kva.example", "https://BÜCHER.example", true],
  ["127.0.0.1", "https://127.1/", true],
  ["127.0.0.1", "https://127.0.0.1.example.com/", false],
  ["[::1]:8443", "https://[0:0::1]:8443", true],
  ["[::1]", "https://[::2]", false],
];

const refused: readonly (readonly [pattern: string, instead: string | undefined])[] = [
  ["", undefined],
  ["*", undefined],
  ["*.", undefined],
  ["a.*.com", undefined],
  ["*.*.com", undefined],
  ["api*.example.com", undefined],
  ["https://api.example.com:8443/v1", "api.example.com:8443"],
  ["api.example.com/v1", "api.example.com"],
  ["user@api.example.com", "api.example.com"],
  ["api example.com", undefined],
  ["a<b", undefined],
  ["a%41.com", undefined],
  ["a..b", undefined],
  [".", undefined],
  ["api.example.com:0", "api.example.com"],
  ["api.example.com:65536", "api.example.com"],
  ["api.example.com:https", "api.example.com"],
  ["api.example.com:", "api.example.com"],
  ["1.2.3", "1.2.0.3"],
  ["0x7f.1", "127.0.0.1"],
  ["[0:0::1]", "[::1]"],
  ["::1", "[::1]"],
  ["*.127.0.0.1", "127.0.0.1"],
  [`\${env:HOST}`, undefined],
];

describe("host patterns", () => {
  for (const [text, url, matches] of matching) {
    it(`${text} ${matches ? "matches" : "does not match"} ${url}`, () => {
      assert.equal(matchesHost(pattern(text), new URL(url)), matches);
    });
  }

  for (const [text, instead] of refused) {
    it(`refuses "${text}"`, () => {
      const parsed = parseHostPattern(text);
      assert.equal(parsed.ok, false);
      assert.equal(parsed.ok ? "" : parsed.error.instead, instead);
    });
  }

  it("the most specific one wins, whatever the order", () => {
    const order = [
      "a.b.example.com:8443",
      "a.b.example.com:*",
      "*.b.example.com:8443",
      "*.b.example.com:*",
      "*.example.com:8443",
      "*.example.com:*",
    ].map((text) => ({ pattern: pattern(text) }));
    const url = new URL("https://a.b.example.com:8443");
    fc.assert(
      fc.property(fc.shuffledSubarray(order, { minLength: 1 }), (some) => {
        const first = order.find((entry) => some.includes(entry));
        assert.equal(mostSpecific(some, url, ""), first);
      }),
    );
  });

  it("an explicit port is more specific than the default one, and that than any", () => {
    const entries = ["h:*", "h", "h:443"].map((text) => ({ pattern: pattern(text) }));
    assert.equal(mostSpecific(entries, new URL("https://h"), "")?.pattern.text, "h:443");
    assert.equal(mostSpecific(entries.slice(0, 2), new URL("https://h"), "")?.pattern.text, "h");
  });

  it("patternFor gives a pattern that matches its URL and no other host or port", () => {
    const port = fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined });
    const host = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
    );
    const url = fc.tuple(host, port).map(([name, number]) => new URL(`https://${name}${number ? `:${number}` : ""}/x`));
    fc.assert(
      fc.property(url, url, (one, other) => {
        const own = pattern(patternFor(one));
        assert.equal(matchesHost(own, one), true);
        assert.equal(matchesHost(own, other), one.host === other.host);
      }),
    );
  });

  it("never throws, and never matches a URL whose host does not end with its own", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.webUrl(), (text, address) => {
        const parsed = parseHostPattern(text);
        if (!parsed.ok) return;
        const url = new URL(address);
        if (matchesHost(parsed.value, url)) assert.ok(url.hostname.endsWith(parsed.value.host));
      }),
    );
  });
});
