import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isExempt } from "../../../src/resolve/no-proxy.ts";
import { parseProxyUrl } from "../../../src/resolve/proxy-url.ts";
import type { EditorProxy } from "../../../src/settings/raw-settings.ts";
import { type Given, prepared, refused } from "./given.ts";

const host = "api.example.com";
const text = `GET https://${host}/\n`;
const none = { settings: {} };
const entry = (proxy: string, more: object = {}) => ({ "padlock.hosts": { [host]: { proxy } }, ...more });

async function proxyOf(given: Given, file = text) {
  const { proxy } = (await prepared(file, given)).profile;
  return proxy && `${proxy.kind} ${proxy.host}:${proxy.port} ${proxy.source}`;
}

describe("which proxy", () => {
  const url = "http://p.test:3128";
  const cases: readonly [string, Readonly<Record<string, string>>, string | undefined, string?][] = [
    ["none", {}, undefined],
    ["HTTPS_PROXY", { HTTPS_PROXY: url }, "http p.test:3128 HTTPS_PROXY"],
    ["https_proxy before it", { HTTPS_PROXY: "http://q.test", https_proxy: url }, "http p.test:3128 https_proxy"],
    ["an empty one does not count", { https_proxy: "", HTTPS_PROXY: url }, "http p.test:3128 HTTPS_PROXY"],
    ["ALL_PROXY", { ALL_PROXY: "socks5h://p.test" }, "socks5 p.test:1080 ALL_PROXY"],
    ["HTTPS_PROXY before ALL_PROXY", { all_proxy: "http://q.test", HTTPS_PROXY: url }, "http p.test:3128 HTTPS_PROXY"],
    ["HTTP_PROXY is not for https:", { HTTP_PROXY: url, http_proxy: url }, undefined],
    ["without a scheme", { HTTPS_PROXY: "p.test:3128" }, "http p.test:3128 HTTPS_PROXY"],
    ["an HTTPS proxy", { HTTPS_PROXY: "HTTPS://p.test/" }, "https p.test:443 HTTPS_PROXY"],
    ["an IPv6 address", { HTTPS_PROXY: "http://[::1]:8080" }, "http ::1:8080 HTTPS_PROXY"],
    ["NO_PROXY", { HTTPS_PROXY: url, NO_PROXY: "b.test, example.com" }, undefined],
    [
      "no_proxy before NO_PROXY",
      { HTTPS_PROXY: url, no_proxy: "b.test", NO_PROXY: "*" },
      "http p.test:3128 HTTPS_PROXY",
    ],
    ["localhost", { HTTPS_PROXY: url, ALL_PROXY: url }, undefined, "GET https://localhost:8443/\n"],
    ["a name below localhost", { ALL_PROXY: url }, undefined, "GET https://a.localhost/\n"],
    ["127.0.0.1", { ALL_PROXY: url }, undefined, "GET http://127.0.0.1:80/\n"],
    ["::1", { ALL_PROXY: url }, undefined, "GET http://[::1]/\n"],
  ];
  for (const [name, environment, expected, file] of cases) {
    test(`of the environment: ${name}`, async () => {
      assert.equal(await proxyOf({ ...none, environment }, file), expected);
    });
  }

  test("plain http: http_proxy in lower case alone, since a web server sets HTTP_PROXY from a header", async () => {
    const given = { ...none, person: { "padlock.plainHttpHosts": ["plain.example.com"] } };
    const file = "GET http://plain.example.com/\n";
    assert.equal(await proxyOf({ ...given, environment: { HTTP_PROXY: url, HTTPS_PROXY: url } }, file), undefined);
    assert.equal(await proxyOf({ ...given, environment: { http_proxy: url } }, file), "http p.test:3128 http_proxy");
  });

  const environment = { HTTPS_PROXY: "http://env.test" };
  const editors: readonly [string, EditorProxy, Readonly<Record<string, string>>, string | undefined][] = [
    ["http.proxy before the environment", { url, noProxy: [] }, environment, "http p.test:3128 http.proxy"],
    ["http.noProxy", { url, noProxy: ["a.test", ".example.com"] }, environment, undefined],
    ["http.noProxy before NO_PROXY", { url, noProxy: ["a.test"] }, { NO_PROXY: "*" }, "http p.test:3128 http.proxy"],
    ["NO_PROXY without http.noProxy", { url, noProxy: [] }, { NO_PROXY: host }, undefined],
    ["http.proxySupport off: none at all", "off", environment, undefined],
  ];
  for (const [name, editorProxy, given, expected] of editors) {
    test(`of VS Code: ${name}`, async () => {
      assert.equal(await proxyOf({ ...none, editorProxy, environment: given }), expected);
    });
  }

  test("an entry of padlock.hosts is before all others, also for this machine", async () => {
    const given = { environment: { ...environment, NO_PROXY: "*" }, editorProxy: { url, noProxy: [] } };
    const source = `padlock.hosts › ${host} › proxy`;
    assert.equal(await proxyOf({ ...given, settings: entry("socks5://s.test") }), `socks5 s.test:1080 ${source}`);
    assert.equal(await proxyOf({ ...given, settings: entry("none") }), undefined);
    assert.equal(await proxyOf({ ...given, editorProxy: "off", settings: entry(url) }), `http p.test:3128 ${source}`);
    const local = { "padlock.hosts": { "localhost:8443": { proxy: url } } };
    const found = await proxyOf({ settings: local }, "GET https://localhost:8443/\n");
    assert.equal(found, "http p.test:3128 padlock.hosts › localhost:8443 › proxy");
  });

  test("each hop of a redirect has its own", async () => {
    const settings = { "padlock.hosts": { [host]: { proxy: url }, "b.example.com": { proxy: "none" } } };
    const request = await prepared(text, { settings, environment });
    const proxyFor = async (to: string) => (await request.profileFor(new URL(to))).profile.proxy;
    assert.equal((await proxyFor("https://c.example.com/"))?.host, "env.test");
    assert.equal(await proxyFor("https://b.example.com/"), undefined);
    assert.equal(await proxyFor("https://localhost/"), undefined);
  });

  test("an HTTPS proxy has the profile of its own entry, is verified always, and is reached directly", async () => {
    const settings = {
      "padlock.hosts": {
        "*.example.com": { proxy: "https://proxy.example.com:3129", ca: ["ca.pem"] },
        "proxy.example.com:3129": { minVersion: "TLSv1.3", socket: "x.sock", http2: true },
      },
    };
    const person = { "padlock.unverifiedHosts": ["proxy.example.com:3129"] };
    const { profile } = await prepared(text, { settings, person });
    assert.equal(profile.ca?.length, 1);
    assert.equal(profile.proxy?.profile?.minVersion, "TLSv1.3");
    assert.equal(profile.proxy?.profile?.ca, undefined);
    assert.equal(profile.proxy?.profile?.unverified, false);
    assert.equal(profile.proxy?.profile?.proxy, undefined);
    assert.equal(profile.proxy?.profile?.socket, undefined);
    assert.equal(profile.proxy?.profile?.http2, false);
  });
});

describe("the login of a proxy", () => {
  test("is percent-decoded, hidden in every form, and no part of what is shown", async () => {
    const request = await prepared(text, {
      ...none,
      environment: { HTTPS_PROXY: "http://us%40er:p%3Ass-w%40rd9@p.test" },
    });
    const { proxy } = request.profile;
    assert.deepEqual(proxy?.credentials, { username: "us@er", password: "p:ss-w@rd9" });
    const basic = Buffer.from("us@er:p:ss-w@rd9").toString("base64");
    const shown = request.redactor.redact(`p:ss-w@rd9 / p%3Ass-w%40rd9 / Basic ${basic}`);
    assert.doesNotMatch(shown, /w@rd9|w%40rd9/);
    assert.ok(!shown.includes(basic));
  });

  test("may be a token in the place of the user name", async () => {
    const { redactor } = await prepared(text, {
      ...none,
      environment: { HTTPS_PROXY: "http://t0ken-of-proxy@p.test" },
    });
    const basic = Buffer.from("t0ken-of-proxy:").toString("base64");
    assert.doesNotMatch(redactor.redact(`t0ken-of-proxy Basic ${basic}`), new RegExp(`t0ken|${basic.slice(0, 12)}`));
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: the settings write it so
  const proxy = "http://${env:PROXY_USER}:${env:PROXY_PASSWORD}@p.test:3128";
  const environment = { PROXY_USER: "user", PROXY_PASSWORD: "p@ss:w/rd%41" };
  test("of an entry takes values as they are; a secret must be allowed for the proxy's host", async () => {
    const settings = entry(proxy, {
      "padlock.publicEnv": ["PROXY_USER"],
      "padlock.secrets": { PROXY_PASSWORD: ["p.test:3128"] },
    });
    const { profile, redactor } = await prepared(text, { settings, environment });
    assert.deepEqual(profile.proxy?.credentials, { username: "user", password: "p@ss:w/rd%41" });
    assert.equal(profile.proxy?.host, "p.test");
    assert.doesNotMatch(redactor.redact("user:p@ss:w/rd%41"), /p@ss/);
  });

  for (const hosts of [[host], ["p.test"], undefined]) {
    test(`is refused where the secret is allowed for ${hosts ?? "nothing"}`, async () => {
      const settings = entry(proxy, {
        "padlock.publicEnv": ["PROXY_USER"],
        ...(hosts && { "padlock.secrets": { PROXY_PASSWORD: hosts } }),
      });
      const failure = await refused(text, { settings, environment });
      assert.equal(failure.code, "policy.secret-not-allowed");
      assert.match(failure.detail, /p\.test:3128/);
      assert.deepEqual(failure.wanted, {
        kind: "secret",
        name: "PROXY_PASSWORD",
        host: "p.test:3128",
        mayBePublic: hosts === undefined,
      });
      assert.doesNotMatch(failure.title + failure.detail + failure.fix, /p@ss/);
    });
  }

  test("of an entry that is one variable is that URL", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the settings write it so
    const settings = entry("${env:COMPANY_PROXY}", { "padlock.publicEnv": ["COMPANY_PROXY"] });
    const given = { settings, environment: { COMPANY_PROXY: "http://u:p%40ssw0rd-x@p.test:8080" } };
    const { profile } = await prepared(text, given);
    assert.deepEqual(profile.proxy?.credentials, { username: "u", password: "p@ssw0rd-x" });
    assert.equal(profile.proxy?.port, 8080);
    assert.equal((await refused(text, { settings })).code, "variable.unset");
  });

  test("in clear in the settings is used with a warning, and its line is not shown", async () => {
    const request = await prepared(text, { settings: entry("http://u:clear-password@p.test") });
    assert.ok(request.notes.some((note) => note.level === "warning" && /in clear/.test(note.text)));
    assert.doesNotMatch(request.profile.proxy?.location?.lineText ?? "", /clear-password/);
  });
});

test("a proxy that cannot be used is a failure, never a direct connection", async () => {
  const bad = [
    "socks4://p.test",
    "socks://p.test",
    "pac+https://p.test/x.pac",
    "ftp://p.test",
    "http://",
    "http://p.test:0",
    "http://p.test:99999",
    "http://p.test/path",
    "http://p.test?x",
    "http://u:p%zz@p.test",
    "http://a b",
    "http://u:p%0d%0a@p.test",
    "http://us%3Aer:p@p.test",
    `socks5://u:${"x".repeat(256)}@p.test`,
    "http://[::1",
    "pac:http://p.test",
  ];
  for (const HTTPS_PROXY of bad) {
    const failure = await refused(text, { ...none, environment: { HTTPS_PROXY } });
    assert.equal(failure.code, "settings.bad-proxy", HTTPS_PROXY);
    assert.match(failure.title, /HTTPS_PROXY/);
    assert.doesNotMatch(failure.detail, /p%|us%|xxx/);
  }
});

test("a value of a placeholder fills its part of a proxy's URL and never ends it", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the settings write it so
  const form = "http://${env:U}:${env:P}@${env:H}:3128";
  const parse = (u: string, p: string, h: string) =>
    parseProxyUrl(form, (written) => ({ U: u, P: p, H: h })[written.slice(6, -1)] ?? "");
  const read = parse("a@b.test/", "c@d.test", "p.test");
  assert.deepEqual(read.ok && read.value, {
    kind: "http",
    host: "p.test",
    port: 3128,
    credentials: { username: "a@b.test/", password: "c@d.test" },
  });
  for (const evil of ["x@evil.test", "evil.test/", "evil.test#", "evil.test:1", "evil.test?", ""]) {
    assert.equal(parse("u", "p", evil).ok, false, evil);
  }
});

describe("NO_PROXY", () => {
  const rows: readonly [list: string, url: string, exempt: boolean][] = [
    ["*", "https://a.test", true],
    ["", "https://a.test", false],
    [" , ,", "https://a.test", false],
    ["a.test", "https://a.test", true],
    ["a.test", "https://b.a.test", true],
    ["a.test", "https://ba.test", false],
    ["a.test", "https://a.test.b", false],
    [".a.test", "https://a.test", true],
    [".a.test", "https://b.a.test", true],
    ["*.a.test", "https://b.a.test", true],
    ["A.Test.", "https://a.test./", true],
    ["b.test a.test", "https://a.test", true],
    ["b.test,a.test", "https://a.test", true],
    ["a.test:443", "https://a.test", true],
    ["a.test:8443", "https://a.test", false],
    ["a.test:8443", "https://b.a.test:8443", true],
    ["a.test:80", "http://a.test", true],
    ["*:8443", "https://a.test:8443", true],
    ["bücher.test", "https://xn--bcher-kva.test", true],
    ["test", "https://a.test", true],
    ["192.0.2.1", "https://192.0.2.1", true],
    ["192.0.2.1:443", "https://192.0.2.1", true],
    ["192.0.2.1:444", "https://192.0.2.1", false],
    ["192.0.2.0/24", "https://192.0.2.77:8443", true],
    ["192.0.2.0/24", "https://192.0.3.1", false],
    ["192.0.2.0/240", "https://192.0.2.77", false],
    ["0.0.0.0/0", "https://192.0.2.1", true],
    ["0.0.0.0/0", "https://a.test", false],
    ["2.1", "https://192.0.2.1", false],
    ["2001:db8::1", "https://[2001:db8:0::1]", true],
    ["[2001:db8::1]", "https://[2001:db8::1]", true],
    ["[2001:db8::1]:8443", "https://[2001:db8::1]:8443", true],
    ["[2001:db8::1]:8443", "https://[2001:db8::1]", false],
    ["2001:db8::/32", "https://[2001:db8:9::1]", true],
    ["2001:db8::/32", "https://[2001:db9::1]", false],
    ["example/24", "https://192.0.2.1", false],
  ];
  for (const [list, url, exempt] of rows) {
    test(`${list} ${exempt ? "names" : "does not name"} ${url}`, () => {
      assert.equal(isExempt(list, new URL(url)), exempt);
    });
  }
});
