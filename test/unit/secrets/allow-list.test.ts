import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Failure } from "../../../src/common/failure.ts";
import { checkListed, checkSecret } from "../../../src/secrets/index.ts";
import { readSettings, type Settings } from "../../../src/settings/index.ts";
import { rawSettings, settingsFrom } from "../settings/given.ts";

const settings = settingsFrom(`{
  "padlock.secrets": {
    "TOKEN": ["api.example.com", "*.dev.example.com:8443"],
    "NEVER": [],
  },
}`);
const check = (name: string, url: string) => checkSecret(settings, name, new URL(url));

function personal(person: Readonly<Record<string, unknown>>, text = "{}"): Settings {
  const read = readSettings({ ...rawSettings(text), person });
  assert.ok(read.ok);
  return read.value;
}

function refusal(result: ReturnType<typeof checkSecret>): Failure {
  assert.ok(!result.ok, "the secret should have been refused");
  return result.error;
}

describe("checkSecret", () => {
  it("allows the listed hosts and ports", () => {
    for (const url of ["https://api.example.com/x", "https://a.b.dev.example.com:8443"])
      assert.ok(check("TOKEN", url).ok);
  });

  it("denies every other host, port and name", () => {
    const denied = [
      ["TOKEN", "https://api.example.com:8443"],
      ["TOKEN", "https://api.example.com.evil.test"],
      ["TOKEN", "https://evil.test/api.example.com"],
      ["TOKEN", "https://dev.example.com:8443"],
      ["token", "https://api.example.com"],
      ["NEVER", "https://api.example.com"],
      ["OTHER", "https://api.example.com"],
      ["__proto__", "https://api.example.com"],
    ] as const;
    for (const [name, url] of denied) assert.ok(!check(name, url).ok, `${name} ${url}`);
  });

  it("names the secret, the host, the file and line, and the exact setting to write", () => {
    const { code, title, detail, fix, setting } = refusal(check("TOKEN", "https://other.test:8443/x"));
    assert.deepEqual([code, setting], ["policy.secret-not-allowed", "padlock.secrets › TOKEN"]);
    assert.equal(title, "The secret TOKEN may not go to other.test:8443");
    assert.match(detail, /\.vscode\/settings\.json:3 allows it only for api\.example\.com, \*\.dev\.example\.com:8443/);
    assert.match(fix, /add "other\.test:8443" to the list of TOKEN in "padlock\.secrets" of \.vscode\/settings\.json/);
    assert.match(fix, /--allow-secret TOKEN=other\.test:8443/);
  });

  it("prints a setting that then allows it, where there is none yet", () => {
    const url = new URL("https://[::1]:8443/x");
    for (const none of [settingsFrom("{}"), personal({ "padlock.secrets": { TOKEN: ["a.test"] } })]) {
      const { fix } = refusal(checkSecret(none, "OTHER", url));
      const written = /"padlock\.secrets": \{.*?\}/.exec(fix)?.[0] ?? "";
      assert.ok(checkSecret(settingsFrom(`{ ${written} }`), "OTHER", url).ok);
    }
  });

  it("prints an option that a shell takes as one argument", () => {
    const option = (name: string, url: string) =>
      /--allow-secret (.*?);? ?$/.exec(refusal(check(name, url)).fix.slice(0, -1))?.[1];
    assert.equal(option("T", "https://[::1]:8443"), "'T=[::1]:8443'");
    assert.equal(option("$(id)", "https://a.test"), "'$(id)=a.test'");
    assert.equal(option("a'b", "https://a.test"), "'a'\\''b=a.test'");
  });

  it("says what a person may allow, and offers to make public only an unlisted environment variable", () => {
    const url = new URL("https://other.test:8443/x");
    const wanted = (name: string, mayBePublic: boolean) =>
      refusal(checkSecret(settings, name, url, { mayBePublic })).wanted;
    const secret = { kind: "secret", host: "other.test:8443" };
    assert.deepEqual(wanted("OTHER", true), { ...secret, name: "OTHER", mayBePublic: true });
    assert.deepEqual(wanted("OTHER", false), { ...secret, name: "OTHER", mayBePublic: false });
    assert.deepEqual(wanted("TOKEN", true), { ...secret, name: "TOKEN", mayBePublic: false });
    assert.match(refusal(checkSecret(settings, "OTHER", url, { mayBePublic: true })).fix, /"padlock\.publicEnv"/);
    assert.doesNotMatch(refusal(checkSecret(settings, "TOKEN", url, { mayBePublic: true })).fix, /publicEnv/);
  });

  it("counts what the person's own scope allows, and says so where it is too little", () => {
    const own = personal({ "padlock.secrets": { TOKEN: ["a.test"] } });
    assert.ok(checkSecret(own, "TOKEN", new URL("https://a.test")).ok);
    assert.match(
      refusal(checkSecret(own, "TOKEN", new URL("https://b.test"))).detail,
      /your own settings allow it only/,
    );
  });

  describe("where nobody knows who reads", () => {
    const own = personal(
      {
        "padlock.unverifiedHosts": ["odd.test:8443", "localhost:*"],
        "padlock.plainHttpHosts": ["odd.test"],
      },
      '{ "padlock.secrets": { "T": ["odd.test:*", "localhost:*", "*.localhost:*"] } }',
    );
    const cases: readonly (readonly [url: string, allowed: boolean])[] = [
      ["https://odd.test:8443", false],
      ["https://odd.test", true],
      ["http://odd.test", false],
      ["http://odd.test:8080", false],
      ["https://localhost:8443", true],
      ["http://localhost:8080", true],
      ["http://a.localhost:8080", true],
      ["https://a.localhost:8443", true],
    ];
    for (const [url, allowed] of cases) {
      it(`a listed secret ${allowed ? "goes" : "does not go"} to ${url}`, () => {
        const result = checkSecret(own, "T", new URL(url));
        assert.equal(result.ok, allowed);
        if (result.ok) return;
        const { code, wanted, title, fix } = result.error;
        // There is nothing that a person could allow.
        assert.deepEqual([code, wanted], ["policy.unverified-host", undefined]);
        assert.match(
          title + fix,
          url.startsWith("http:") ? /plain http.*https:/ : /not verified.*"ca" in padlock\.hosts/,
        );
      });
    }

    it("a host that is only named is a matter of the list alone", () => {
      assert.ok(checkListed(own, "T", new URL("http://odd.test")).ok);
    });
  });
});
