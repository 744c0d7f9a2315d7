import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Failure } from "../../../src/common/failure.ts";
import { checkHop } from "../../../src/resolve/check-hop.ts";
import { readSettings } from "../../../src/settings/index.ts";
import { bodyText, type Given, prepared, refused, shown } from "./given.ts";

const api = "https://api.test";
const token = { settings: { "padlock.secrets": { TOKEN: ["api.test"] } }, environment: { TOKEN: "t0p-secret-value" } };

describe("a public environment variable", () => {
  const given = (environment: Readonly<Record<string, string>>): Given => ({
    environment,
    settings: { "padlock.publicEnv": Object.keys(environment) },
  });

  it("may form a URL, go to any host, and is shown", async () => {
    const text = "GET {{$env.BASE}}/users/{{$env.TENANT}}\nX-Tenant: {{$processEnv TENANT}}\n\n{{$base64 $env.TENANT}}";
    const request = await prepared(text, given({ BASE: "https://api.test/v1", TENANT: "acme-tenant" }));
    assert.equal(request.url.href, "https://api.test/v1/users/acme-tenant");
    assert.deepEqual(request.secretNames, []);
    assert.equal(request.redactor.redact("acme-tenant at api.test"), "acme-tenant at api.test");
    assert.deepEqual(
      [...request.headerSecrets, request.bodySecrets].flatMap(({ secrets }) => secrets),
      [],
    );
  });

  const hosts: readonly (readonly [url: string, value: string, host: string])[] = [
    ["{{$env.V}}:8443/x", "https://api.test", "api.test:8443"],
    ["https://{{$env.V}}/x", "api.test:8443", "api.test:8443"],
    ["https://api.{{$env.V}}/x", "example.test", "api.example.test"],
    ["{{$env.V}}.example.test/x", "acme", "acme.example.test"],
  ];
  for (const [url, value, host] of hosts) {
    it(`forms the host of ${url}`, async () => {
      assert.equal((await prepared(`GET ${url}`, given({ V: value }))).url.host, host);
    });
  }

  const broken: readonly (readonly [title: string, text: string, value: string, code: string])[] = [
    ["a line break in a header", "GET https://a.test/\nA: {{$env.V}}", "x\r\nB: y", "value.header-injection"],
    ["the end of a host", "GET https://{{$env.V}}.a.test/", "evil.test/", "value.bad-url"],
    ["a URL before the rest of a host", "GET {{$env.V}}.a.test/", "https://evil.test/?", "value.bad-url"],
    ["a user name before a host", "GET {{$env.V}}.a.test/", "user:pass@evil", "value.bad-url"],
    ["a way out of the path", "GET https://a.test/u/{{$env.V}}", "../admin", "value.bad-url"],
  ];
  for (const [title, text, value, code] of broken) {
    it(`is still only a value: ${title} is refused`, async () => {
      assert.equal((await refused(text, given({ V: value }))).code, code);
    });
  }

  it("takes nothing from the secret storage", async () => {
    const settings = { "padlock.publicEnv": ["V"] };
    const failure = await refused("GET https://a.test/{{$env.V}}", { settings, stored: { V: "st0red-secret" } });
    assert.equal(shown(failure), "variable.unset 1:20 {{$env.V}}");
    assert.doesNotMatch(failure.fix, /secret storage/);
  });
});

describe("{{$env.NAME}}", () => {
  it("is a stored secret where the environment does not set it", async () => {
    const both = { ...token, environment: {}, stored: { TOKEN: "st0red-secret" } };
    const { headers, redactor } = await prepared(`GET ${api}/\nA: {{$env.TOKEN}}`, both);
    assert.deepEqual(headers, [["A", "st0red-secret"]]);
    assert.doesNotMatch(redactor.redact("a st0red-secret"), /st0red/);
  });

  it("is that of the environment where both have it, also an empty one", async () => {
    const stored = { TOKEN: "st0red-secret" };
    const { headers } = await prepared(`GET ${api}/\nA: {{$env.TOKEN}}`, { ...token, stored });
    assert.deepEqual(headers, [["A", "t0p-secret-value"]]);
    const failure = await refused(`GET ${api}/\nA: {{$env.TOKEN}}`, { ...token, environment: { TOKEN: "" }, stored });
    assert.match(failure.title, /is empty/);
  });

  it("says both places where neither has it", async () => {
    const { code, fix } = await refused(`GET ${api}/\nA: {{$env.TOKEN}}`, { ...token, environment: {} });
    assert.equal(code, "variable.unset");
    assert.match(fix, /in the environment .*, or store it in VS Code's secret storage/);
  });
});

describe("what a refusal wants", () => {
  const wanted = async (text: string, given: Given = {}) => (await refused(text, { settings: {}, ...given })).wanted;
  const secret = (name: string, mayBePublic: boolean, host = "api.test") => ({
    kind: "secret",
    name,
    host,
    mayBePublic,
  });

  const cases: readonly (readonly [text: string, wanted: ReturnType<typeof secret>])[] = [
    [`GET ${api}/\nA: {{$env.T}}`, secret("T", true)],
    [`GET ${api}/\nA: {{$base64 $env.T}}`, secret("T", true)],
    [`GET ${api}:8443/\nA: {{$processEnv T}}`, secret("T", true, "api.test:8443")],
    [`GET ${api}/\nA: {{$secret T}}`, secret("T", false)],
    [`GET ${api}/\nA: {{$dotenv T}}`, secret("T", false)],
    [`GET ${api}/\nA: {{$env.T}} {{$secret T}}`, secret("T", false)],
    [`# @secret-prompt T\nGET ${api}/\nA: {{T}}`, secret("T", false)],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), async () => assert.deepEqual(await wanted(text), expected));
  }

  it("a whole host that a variable holds is named", async () => {
    for (const value of ["api.test", "https://api.test/v1", "https://API.test"]) {
      const found = await wanted("GET {{$env.T}}", { environment: { T: value } });
      assert.deepEqual(found, secret("T", true), value);
    }
    assert.deepEqual(
      await wanted("GET https://{{$env.T}}:8443/", { environment: { T: "localhost" } }),
      secret("T", true, "localhost:8443"),
    );
  });

  it("a value that is only a part of a host, or no host name, is named nowhere", async () => {
    const hidden: readonly (readonly [url: string, value: string])[] = [
      ["https://{{$env.T}}.evil.test/", "t0p-secret-value"],
      ["{{$env.T}}.evil.test/", "t0p-secret-value"],
      ["https://x.{{$env.T}}/", "t0p-secret-value.test"],
      ["https://{{$env.T}}/", "t0p-secret-value"],
      [`https://{{$env.T}}/`, `${"a".repeat(70)}.${"b".repeat(70)}.c`],
    ];
    for (const [url, value] of hidden) {
      const failure = await refused(`GET ${url}`, { settings: {}, environment: { T: value } });
      assert.deepEqual([failure.code, failure.wanted], ["policy.secret-host", undefined], url);
      assert.doesNotMatch(failure.title + failure.detail + failure.fix, /t0p-secret|aaa/);
      assert.match(failure.fix, /"padlock\.publicEnv"/);
    }
  });

  it("padlock.hosts takes a variable: the place, and what would allow it", async () => {
    const settings = { "padlock.hosts": { "api.test": { ca: [`\${env:CA}`] } } };
    const failure = await refused(`GET ${api}/`, { settings });
    assert.equal(failure.location?.file, ".vscode/settings.json");
    assert.match(failure.detail, /padlock\.hosts › api\.test › ca › 0 in \.vscode\/settings\.json .*\$\{env:CA\}/);
    assert.deepEqual(failure.wanted, secret("CA", true));
  });
});

describe("what each part of a request carries", () => {
  it("agrees with the headers by index, also where headers are not sent", async () => {
    const text = [
      `POST https://u:{{$env.TOKEN}}@api.test/`,
      "Content-Length: 5",
      "Plain: x",
      "Derived: {{$base64 $env.TOKEN}}",
      "Both: {{$env.OTHER}} {{$env.TOKEN}}",
      "",
      "body",
    ].join("\n");
    const settings = { "padlock.secrets": { TOKEN: ["api.test"], OTHER: ["api.test"] } };
    const request = await prepared(text, { settings, environment: { TOKEN: "t0p", OTHER: "0ther" } });
    assert.deepEqual(
      request.headers.map(([name], index) => [name, request.headerSecrets[index]?.secrets]),
      [
        ["Plain", []],
        ["Derived", ["TOKEN"]],
        ["Both", ["OTHER", "TOKEN"]],
        ["Authorization", ["TOKEN"]],
      ],
    );
    assert.deepEqual(request.bodySecrets, { secrets: [], isPrivate: false });
  });

  it("knows credentials that a base URL brings", async () => {
    const settings = { "padlock.secrets": { BASE: ["api.test"] } };
    const request = await prepared("GET {{$env.BASE}}/x", { settings, environment: { BASE: "https://u:p@api.test" } });
    assert.deepEqual(request.headerSecrets, [{ secrets: ["BASE"], isPrivate: false }]);
  });

  const bodies: readonly (readonly [title: string, text: string])[] = [
    ["plain", "POST https://api.test/\n\nx{{$env.TOKEN}}"],
    ["form", "POST https://api.test/\nContent-Type: application/x-www-form-urlencoded\n\na={{$env.TOKEN}}\n&b=1"],
    ["JSON", 'POST https://api.test/\nContent-Type: application/json\n\n{"a":"{{$base64 $env.TOKEN}}"}'],
    ["GraphQL", 'GRAPHQL https://api.test/\n\nquery { a }\n\n{"v":"{{$env.TOKEN}}"}'],
    [
      "multipart",
      'POST https://api.test/\nContent-Type: multipart/form-data; boundary=b\n\n--b\nContent-Disposition: form-data; name="a"\n\n{{$env.TOKEN}}\n--b--',
    ],
    ["a secret prompt", "# @secret-prompt TOKEN\nPOST https://api.test/\n\n{{TOKEN}}"],
  ];
  for (const [title, text] of bodies) {
    it(`knows the secrets of a body: ${title}`, async () => {
      const { bodySecrets } = await prepared(text, { ...token, answers: { TOKEN: "answ3red" } });
      assert.deepEqual(bodySecrets, { secrets: ["TOKEN"], isPrivate: false });
    });
  }

  describe("of a private environment file", () => {
    const environments = { private: { dev: { KEY: "pr1vate-value", ALIAS: "x-{{KEY}}", FREE: "fr33-value" } } };
    const text = (value: string) =>
      `POST https://api.test/\nContent-Type: application/x-www-form-urlencoded\nA: {{$base64 "${value}"}} {{${value}}}\n\na={{${value}}}`;
    const carried = async (name: string, settings: object) => {
      const request = await prepared(text(name), { environments, settings: { ...settings } });
      return [request.headerSecrets[1], request.bodySecrets];
    };

    it("stays where it is when it is not listed", async () => {
      const both = { secrets: [], isPrivate: true };
      assert.deepEqual(await carried("FREE", {}), [both, both]);
    });

    it("is bound to its hosts when it is listed, also within another variable", async () => {
      const settings = { "padlock.secrets": { KEY: ["api.test"] } };
      const bound = { secrets: ["KEY"], isPrivate: false };
      assert.deepEqual(await carried("KEY", settings), [bound, bound]);
      assert.deepEqual(await carried("ALIAS", settings), [
        { secrets: ["KEY"], isPrivate: true },
        { secrets: ["KEY"], isPrivate: true },
      ]);
    });

    it("is refused for a host that is not listed, wherever it stands", async () => {
      const settings = { "padlock.secrets": { KEY: ["other.test"] } };
      const places = [
        "GET https://api.test/{{KEY}}",
        "GET https://{{KEY}}.api.test/",
        "GET https://api.test/\nA: {{ALIAS}}",
        "GET https://api.test/\nA: {{$base64 KEY}}",
        "@v = {{KEY}}\nPOST https://api.test/\n\n{{%v}}",
      ];
      for (const place of places) {
        const failure = await refused(place, { environments, settings });
        assert.equal(failure.code, "policy.secret-not-allowed", place);
        assert.equal(failure.wanted?.kind === "secret" && failure.wanted.mayBePublic, false);
        assert.doesNotMatch(JSON.stringify([failure.title, failure.detail, failure.fix]), /pr1vate/);
      }
    });

    it("is sent to the host that is listed, and hidden everywhere", async () => {
      const settings = { "padlock.secrets": { KEY: ["api.test"] } };
      const request = await prepared("POST https://api.test/\n\n{{$base64 KEY}}", { environments, settings });
      assert.equal(bodyText(request), Buffer.from("pr1vate-value").toString("base64"));
      assert.deepEqual(request.secretNames, ["KEY"]);
      assert.deepEqual(request.redactor.namesIn("a pr1vate-value"), ["KEY"]);
    });

    it("is known to the redactor also where a request does not use it", async () => {
      const settings = { "padlock.secrets": { KEY: ["api.test"] } };
      const { redactor } = await prepared("GET https://api.test/", { environments, settings });
      assert.equal(redactor.redact("a pr1vate-value"), "a {{KEY}}");
    });
  });
});

describe("profileFor", () => {
  const hosts = {
    "padlock.hosts": {
      "api.test": { cert: "api.pem", key: "api.key", timeout: { connect: "1s" } },
      "other.test": { cert: "other.pem", key: "other.key", passphrase: `\${env:PASS}`, timeout: { connect: "2s" } },
      "third.test": { ca: [`certs/\${env:REGION}.pem`] },
    },
  };
  const other = new URL("https://other.test/x");
  const failureOf = (promise: Promise<unknown>): Promise<Failure> =>
    promise.then(
      () => assert.fail("it should have been refused"),
      (error) => error,
    );

  it("is that of the other host alone", async () => {
    const request = await prepared("# @connection-timeout 5s\n# @timeout 9s\nGET https://api.test/", {
      settings: hosts,
      environment: { PASS: "pa55-phrase" },
    });
    assert.equal(request.profile.cert?.written, "api.pem");
    const { profile, timeouts } = await request.profileFor(other);
    assert.deepEqual([profile.cert?.written, profile.passphrase?.value], ["other.pem", "pa55-phrase"]);
    assert.deepEqual([timeouts.connect, timeouts.total], [5000, 9000]);
    assert.doesNotMatch(request.redactor.redact("it is pa55-phrase"), /pa55/);
    const none = await request.profileFor(new URL("https://nowhere.test/"));
    assert.deepEqual([none.profile.pattern, none.profile.cert], [undefined, undefined]);
  });

  it("asks for nothing that the hop's host may not have", async () => {
    const request = await prepared("GET https://api.test/", {
      settings: { ...hosts, "padlock.secrets": { PASS: ["api.test"] } },
      environment: { PASS: "pa55-phrase", REGION: "eu" },
    });
    const ofOther = await failureOf(request.profileFor(other));
    assert.deepEqual([ofOther.code, ofOther.wanted?.kind], ["policy.secret-not-allowed", "secret"]);
    const ofThird = await failureOf(request.profileFor(new URL("https://third.test/")));
    assert.match(ofThird.title, /may not read \$\{env:REGION\} for third\.test/);
  });

  it("never carries the client certificate of a cURL command to another origin", async () => {
    const text = "curl --cert c.pem --key k.pem --pass x https://plain.test/";
    const request = await prepared(text, { settings: hosts, environment: { PASS: "pa55-phrase" } });
    assert.equal(request.profile.cert?.value, "c.pem");
    for (const url of ["https://plain.test:8443/", "https://sub.plain.test/"]) {
      const { profile } = await request.profileFor(new URL(url));
      assert.deepEqual([profile.cert, profile.key, profile.pfx, profile.passphrase], Array(4).fill(undefined), url);
    }
    const { profile } = await request.profileFor(other);
    assert.equal(profile.cert?.written, "other.pem");
    assert.equal((await request.profileFor(new URL("https://plain.test/y"))).profile.cert?.value, "c.pem");
  });

  it("nor the one of an environment's SSLConfiguration", async () => {
    const environments = { public: { dev: { SSLConfiguration: { clientCertificate: "c.pem" } } } };
    const request = await prepared("GET https://plain.test/", { environments, settings: {} });
    assert.equal(request.profile.cert?.written, "c.pem");
    assert.equal((await request.profileFor(new URL("https://plain.test:8443/"))).profile.cert, undefined);
  });

  it("heeds # @no-client-cert at every hop, and reads no passphrase then", async () => {
    const request = await prepared("# @no-client-cert\nGET https://api.test/", { settings: hosts });
    const { profile } = await request.profileFor(other);
    assert.deepEqual([profile.cert, profile.passphrase], [undefined, undefined]);
  });
});

describe("reading what the settings ask for", () => {
  const asked: string[] = [];
  const sources = {
    environment: {
      get: (name: string) => {
        // Proxies are nothing that the settings ask for.
        if (/_proxy$/i.test(name)) return undefined;
        asked.push(name);
        return "v4lue-of-it";
      },
    },
    secret: async (name: string) => {
      asked.push(`secret ${name}`);
      return "v4lue-of-it";
    },
  };
  const settings = {
    "padlock.hosts": {
      "api.test": { cert: "c.pem", passphrase: `\${secret:ONE}` },
      "other.test": { cert: "c.pem", passphrase: `\${secret:TWO}` },
      "more.test": { cert: "c.pem", passphrase: `\${env:THREE}` },
      "both.test": { cert: "c.pem", passphrase: `\${secret:TWO}`, ca: [`\${env:FOUR}`] },
    },
  };
  const askedBy = async (text: string) => {
    asked.length = 0;
    const failure = await prepared(text, { settings, sources }).then(
      () => undefined,
      () => "refused",
    );
    return [failure, ...asked];
  };

  it("is done for the request's host and no other", async () => {
    assert.deepEqual(await askedBy("GET https://api.test/"), [undefined, "secret ONE"]);
  });

  it("is not done for a request that is refused", async () => {
    assert.deepEqual(await askedBy("GET https://api.test/\nA: {{$env.UNLISTED}}"), ["refused"]);
    assert.deepEqual(await askedBy("GET https://third.test/\nA: {{$secret UNLISTED}}"), ["refused"]);
  });

  it("is not done where one of several is not allowed", async () => {
    asked.length = 0;
    assert.equal((await refused("GET https://both.test/", { settings, sources })).code, "policy.secret-not-allowed");
    assert.deepEqual(asked.includes("secret TWO"), false);
  });

  it("refuses a stored secret that is not stored", async () => {
    const failure = await refused("GET https://api.test/", { settings });
    assert.deepEqual([failure.code, failure.location?.file], ["variable.unset", ".vscode/settings.json"]);
    assert.match(failure.title, /stored secret ONE is not set/);
  });

  for (const member of ["cert", "key", "ca"] as const) {
    it(`refuses a stored secret in ${member}`, () => {
      const entry = { cert: "c.pem", [member]: member === "ca" ? [`\${secret:X}`] : `\${secret:X}` };
      const values = { "padlock.hosts": { "api.test": entry } };
      const read = readSettings({ root: "/w", values, file: "/w/.vscode/settings.json", text: JSON.stringify(values) });
      assert.equal(read.ok ? undefined : read.error[0]?.code, "variable.undefined");
      assert.match(read.ok ? "" : (read.error[0]?.fix ?? ""), /only be the whole of a passphrase/);
    });
  }
});

describe("a host that the person's own scope weakens", () => {
  const person = { "padlock.plainHttpHosts": ["lab.test"], "padlock.unverifiedHosts": ["odd.test"] };
  const settings = { "padlock.secrets": { T: ["lab.test", "odd.test", "localhost:*"] } };
  const given = { person, settings, environment: { T: "s3cret-value" } };

  it("may be asked over plain http, and no other host", async () => {
    assert.equal((await prepared("GET http://lab.test/x", given)).url.href, "http://lab.test/x");
    const failure = await refused("GET http://lab.test:8080/x", given);
    assert.equal(shown(failure), "policy.plain-http 1:5 http://lab.test:8080/x");
    assert.match(failure.fix, /add "lab\.test:8080" to padlock\.plainHttpHosts .*--plain-http lab\.test:8080/);
    assert.equal(
      (await refused("GET http://lab.test/x", { settings: { "padlock.plainHttpHosts": ["lab.test"] } })).code,
      "policy.plain-http",
    );
  });

  it("need not verify", async () => {
    assert.equal((await prepared("GET https://odd.test/", given)).profile.unverified, true);
    assert.equal((await prepared("GET https://api.test/", given)).profile.unverified, false);
    const own = { settings: { "padlock.unverifiedHosts": ["odd.test"] } };
    const { profile, notes } = await prepared("GET https://odd.test/", own);
    assert.equal(profile.unverified, false);
    assert.match(notes[0]?.text ?? "", /padlock\.unverifiedHosts in \.vscode\/settings\.json is ignored/);
  });

  const places = ["\nA: {{$env.T}}", "{{$env.T}}", "\n\n{{$base64 $env.T}}"];
  for (const url of ["http://lab.test/", "https://odd.test/"]) {
    for (const place of places) {
      it(`gets no secret: ${JSON.stringify(`${url}${place}`)}`, async () => {
        assert.equal((await refused(`POST ${url}${place}`, given)).code, "policy.unverified-host");
      });
    }
  }

  it("nor one that forms the host itself", async () => {
    const failure = await refused("GET {{$env.T}}/", { ...given, environment: { T: "https://odd.test" } });
    assert.equal(failure.code, "policy.unverified-host");
  });

  it("is told apart from a host that a Host header only names", async () => {
    const text = "GET http://localhost:8080/\nHost: lab.test\nA: {{$env.T}}";
    const { headers } = await prepared(text, {
      ...given,
      settings: { "padlock.secrets": { T: ["lab.test:8080", "localhost:*"] } },
    });
    assert.deepEqual(headers.at(-1), ["A", "s3cret-value"]);
  });
});

describe("checkHop", () => {
  const read = readSettings({
    root: "/w",
    values: {},
    person: { "padlock.plainHttpHosts": ["lab.test"] },
    file: "/w/.vscode/settings.json",
    text: undefined,
  });
  const cases: readonly (readonly [url: string, code: string | undefined])[] = [
    ["https://a.test/", undefined],
    ["http://localhost:1/", undefined],
    ["http://127.0.0.1/", undefined],
    ["http://lab.test/", undefined],
    ["http://a.test/", "policy.plain-http"],
    ["http://localhost.a.test/", "policy.plain-http"],
    ["ftp://localhost/", "redirect.bad-location"],
    ["file:///etc/passwd", "redirect.bad-location"],
    ["javascript:alert(1)", "redirect.bad-location"],
  ];
  for (const [url, code] of cases) {
    it(`${url}: ${code ?? "allowed"}`, () => {
      assert.ok(read.ok);
      const result = checkHop(read.value, new URL(url));
      assert.equal(result.ok ? undefined : result.error.code, code);
    });
  }
});
