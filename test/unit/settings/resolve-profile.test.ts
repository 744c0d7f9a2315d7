import assert from "node:assert/strict";
import { homedir } from "node:os";
import { describe, it } from "node:test";
import { resolveProfile, resolveTimeouts } from "../../../src/settings/index.ts";
import { settingsFrom } from "./given.ts";

const settings = settingsFrom(`{
  "padlock.hosts": {
    "api.example.com": { "cert": "certs/c.pem", "key": "\${workspaceFolder}/k.pem", "passphrase": "\${env:PASS}", "timeout": { "connect": "2s" } },
    "*.example.com": { "ca": ["system", "\${userHome}/ca.pem", "/etc/ca.pem"], "minVersion": "TLSv1.3" },
    "clear.test": { "pfx": "\${env:DIR}/x.p12", "passphrase": "in clear" },
  },
  "padlock.timeout": { "connect": "9s", "total": "20s" },
}`);
const environment = { get: (name: string) => ({ PASS: "s3cret", DIR: `\${env:PASS}`, EMPTY: "" })[name] };
const profileFor = (url: string, from = environment) => resolveProfile(settings, new URL(url), from, "");

describe("resolveProfile", () => {
  it("takes the most specific entry, alone, with absolute paths", () => {
    const profile = profileFor("https://api.example.com/x");
    assert.ok(profile.ok);
    const { cert, key, passphrase, ca, pattern } = profile.value;
    assert.deepEqual(
      [pattern, cert?.path, cert?.value, cert?.written],
      ["api.example.com", "/projectspace/certs/c.pem", "certs/c.pem", "certs/c.pem"],
    );
    assert.deepEqual([key?.path, key?.written], ["/projectspace/k.pem", `\${workspaceFolder}/k.pem`]);
    assert.deepEqual([passphrase?.value, passphrase?.written], ["s3cret", `\${env:PASS}`]);
    assert.equal(passphrase?.setting, "padlock.hosts › api.example.com › passphrase");
    assert.equal(passphrase?.location?.line, 3);
    assert.equal(ca, undefined);
  });

  it("keeps the words of the stores in ca", () => {
    const profile = profileFor("https://other.example.com");
    const ca = profile.ok ? profile.value.ca?.map((entry) => (typeof entry === "string" ? entry : entry.path)) : [];
    assert.deepEqual(ca, ["system", `${homedir()}/ca.pem`, "/etc/ca.pem"]);
  });

  it("expands a value once, and never shows a passphrase in clear", () => {
    const profile = profileFor("https://clear.test");
    assert.ok(profile.ok);
    assert.equal(profile.value.pfx?.value, `\${env:PASS}/x.p12`);
    assert.deepEqual(
      [profile.value.passphrase?.value, profile.value.passphrase?.written],
      ["in clear", "(passphrase)"],
    );
  });

  it("has nothing for another host, another port or plain http", () => {
    for (const url of ["https://example.com", "https://api.example.com:8443", "http://api.example.com"]) {
      const profile = profileFor(url);
      assert.equal(profile.ok && profile.value.pattern, undefined);
    }
  });

  for (const [word, value] of [
    ["unset", undefined],
    ["empty", ""],
  ] as const) {
    it(`refuses an environment variable that is ${word}, with its place`, () => {
      const profile = profileFor("https://api.example.com", { get: () => value });
      assert.ok(!profile.ok);
      const { code, location, setting, title } = profile.error;
      assert.deepEqual(
        [code, setting, location?.line, location?.lineText?.slice(location.column - 1, (location.endColumn ?? 0) - 1)],
        ["variable.unset", "padlock.hosts › api.example.com › passphrase", 3, `"\${env:PASS}"`],
      );
      assert.match(title, /PASS/);
    });
  }
});

it("resolveTimeouts: a host's timeouts override the general ones", () => {
  const of = (url: string) => resolveTimeouts(settings, new URL(url), "");
  assert.deepEqual(of("https://api.example.com"), {
    connect: 2000,
    handshake: 10_000,
    response: 30_000,
    idle: 30_000,
    total: 20_000,
  });
  assert.equal(of("https://other.test").connect, 9000);
});

describe("entries for environments", () => {
  const certificates = settingsFrom(`{ "padlock.hosts": {
    "*.b.test": { "cert": "wild.pem" },
    "a.b.test": [
      { "environment": "staging", "cert": "staging.pem", "timeout": { "total": "1s" } },
      { "environment": ["production", "live"], "cert": "production.pem" }
    ],
    "c.b.test": [{ "cert": "any.pem" }, { "environment": "staging", "cert": "staging.pem" }]
  } }`);
  for (const [host, name, cert] of [
    ["a.b.test", "staging", "staging.pem"],
    ["a.b.test", "live", "production.pem"],
    ["a.b.test", "test", "wild.pem"],
    ["a.b.test", "", "wild.pem"],
    ["c.b.test", "staging", "staging.pem"],
    ["c.b.test", "test", "any.pem"],
    ["c.b.test", "", "any.pem"],
  ] as const) {
    it(`${host} in "${name}" presents ${cert}`, () => {
      const profile = resolveProfile(certificates, new URL(`https://${host}`), environment, name);
      assert.equal(profile.ok && profile.value.cert?.value, cert);
    });
  }

  it("bring their own timeouts", () => {
    const total = (name: string) => resolveTimeouts(certificates, new URL("https://a.b.test"), name).total;
    assert.deepEqual([total("staging"), total("live")], [1000, 120_000]);
  });
});

it("a socket counts for plain http too, and nothing else of its entry", () => {
  const sockets = settingsFrom('{ "padlock.hosts": { "localhost:*": { "socket": "api.sock", "cert": "c.pem" } } }');
  const profile = resolveProfile(sockets, new URL("http://localhost:8080"), environment, "");
  assert.ok(profile.ok);
  assert.deepEqual([profile.value.socket?.path, profile.value.cert], ["/projectspace/api.sock", undefined]);
});
