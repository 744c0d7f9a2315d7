import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { KnownExchange, Question, ValueSources } from "../../../src/resolve/values/sources.ts";
import { createRedactor } from "../../../src/secrets/index.ts";
import { bodyText, type Given, prepare, prepared, refused, shown } from "./given.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("stores of secrets", () => {
  const given: Given = {
    dotenv: { TOKEN: "from-dotenv" },
    stored: { TOKEN: "from-store" },
    environment: { TOKEN: "from-environment" },
  };

  it("give each its own value, shown as its reference", async () => {
    const text = "GET https://localhost/\nA: {{$dotenv TOKEN}}\nB: {{$secret TOKEN}}\nC: {{$processEnv TOKEN}}";
    const { headers, redactor, secretNames } = await prepared(text, given);
    assert.deepEqual(
      headers.map(([, value]) => value),
      ["from-dotenv", "from-store", "from-environment"],
    );
    assert.equal(
      redactor.redact("from-dotenv from-store from-environment"),
      "{{$dotenv TOKEN}} {{$secret TOKEN}} {{$env.TOKEN}}",
    );
    assert.deepEqual(secretNames, ["TOKEN"]);
  });

  for (const reference of ["{{$dotenv TOKEN}}", "{{$secret TOKEN}}"]) {
    it(`are bound to hosts: ${reference}`, async () => {
      const failure = await refused(`GET https://localhost/\nA: ${reference}`, { ...given, settings: {} });
      assert.equal(shown(failure), `policy.secret-not-allowed 2:4 ${reference}`);
    });

    it(`refuse what they do not have: ${reference}`, async () => {
      const settings = { "padlock.secrets": { TOKEN: ["localhost"] } };
      for (const value of [{}, { TOKEN: "" }]) {
        const failure = await refused(`GET https://localhost/\nA: ${reference}`, {
          settings,
          dotenv: value,
          stored: value,
        });
        assert.equal(shown(failure), `variable.unset 2:4 ${reference}`);
      }
    });
  }

  it("hide a listed value that the request does not use", async () => {
    const { redactor } = await prepared("GET https://localhost/", given);
    assert.equal(redactor.redact("from-store from-dotenv"), "{{$secret TOKEN}} {{$dotenv TOKEN}}");
  });

  it("refuse where .env could not be read", async () => {
    const failure = await refused("GET https://localhost/", { ...given, environments: { public: "[" } });
    const dotenv = { get: () => undefined, problem: failure };
    const settings = { "padlock.secrets": { X: ["localhost"] } };
    const refusal = await refused("GET https://localhost/{{$dotenv X}}", { settings, sources: { dotenv } });
    assert.equal(refusal.code, "settings.unreadable");
    await prepared("GET https://localhost/", { settings, sources: { dotenv } });
  });
});

describe("prompts", () => {
  function asking(answers: Readonly<Record<string, string>>) {
    const asked: Question[] = [];
    const prompt: ValueSources["prompt"] = async (question) => {
      asked.push(question);
      return answers[question.name];
    };
    return { asked, sources: { prompt } };
  }

  it("ask once each, in the order of the directives, what is used", async () => {
    const { asked, sources } = asking({ a: "1 2", b: "2", c: "3", d: "4" });
    const text =
      "# @prompt a First one\n# @prompt b\n// @prompt c\n# @prompt d\nPOST https://localhost/{{a}}\nX: {{c}}{{a}}\n\n{{b}}";
    const request = await prepared(text, { sources });
    assert.deepEqual(asked, [
      { name: "a", text: "First one", isSecret: false },
      { name: "b", text: "", isSecret: false },
      { name: "c", text: "", isSecret: false },
    ]);
    assert.deepEqual([request.url.pathname, request.headers, bodyText(request)], ["/1%202", [["X", "31 2"]], "2"]);
  });

  it("never change the structure of the URL", async () => {
    const { sources } = asking({ a: "@evil.test/?x#y" });
    const { url } = await prepared("# @prompt a\nGET https://localhost/{{a}}", { sources });
    assert.equal(url.href, "https://localhost/@evil.test/?x%23y");
    const failure = await refused("# @prompt a\nGET https://localhost{{a}}/", { sources });
    assert.equal(shown(failure), "value.bad-url 1:1 # @prompt a");
  });

  const unfit: readonly (readonly [why: string, text: string, code: string])[] = [
    ["a secret is not allowed", "GET https://localhost/{{a}}{{$env.NONE}}", "policy.secret-not-allowed"],
    ["a secret is unset", "GET https://localhost/{{a}}{{$env.UNSET}}", "variable.unset"],
    ["a value has a line break", "GET https://localhost/{{a}}{{$env.BREAK}}", "value.header-injection"],
    ["a name is undefined", "GET https://localhost/{{a}}{{b}}", "variable.undefined"],
    ["a dynamic value cannot be made", "GET https://localhost/{{a}}{{$randomInt 2 1}}", "variable.undefined"],
    ["a body file is missing", "GET https://localhost/{{a}}\n\n< none.json", "value.unreadable-file"],
    ["plain http is meant", "GET http://example.com/{{a}}", "policy.plain-http"],
  ];
  for (const [why, text, code] of unfit) {
    it(`ask nothing where ${why}`, async () => {
      const { asked, sources } = asking({ a: "1" });
      const settings = { "padlock.secrets": { UNSET: ["localhost"], BREAK: ["localhost"] } };
      const given = { settings, environment: { BREAK: "x\ny" }, sources };
      assert.equal((await refused(`# @prompt a\n${text}`, given)).code, code);
      assert.deepEqual(asked, []);
    });
  }

  it("that are dismissed send nothing", async () => {
    const failure = await refused("# @prompt a\nGET https://localhost/{{a}}");
    assert.equal(shown(failure), "canceled 1:1 # @prompt a");
  });

  it("for a secret are bound to hosts and redacted", async () => {
    const text = "# @secret-prompt PIN Your PIN\nGET https://localhost/\nAuthorization: {{PIN}}";
    const failure = await refused(text, { answers: { PIN: "s3cret-pin" } });
    assert.equal(failure.code, "policy.secret-not-allowed");
    const settings = { "padlock.secrets": { PIN: ["localhost"] } };
    const { headers, redactor, secretNames } = await prepared(text, { settings, answers: { PIN: "s3cret-pin" } });
    assert.deepEqual(headers, [["Authorization", "s3cret-pin"]]);
    assert.equal(redactor.redact(`x ${base64("s3cret-pin")} s3cret-pin`), "x {{PIN}} {{PIN}}");
    assert.deepEqual(secretNames, ["PIN"]);
    assert.equal((await refused(text, { settings, answers: { PIN: "" } })).code, "canceled");
  });
});

describe("parts of responses", () => {
  function exchanged(body: unknown, secrets: Readonly<Record<string, string>> = {}): KnownExchange {
    const redactor = createRedactor();
    for (const [name, value] of Object.entries(secrets)) redactor.add(name, value);
    const headers = [["Location", "https://localhost:8443/items/1"]] as const;
    const bytes = Buffer.from(JSON.stringify(body));
    return {
      redactor,
      request: { method: "POST", url: "https://localhost/", headers: [], body: new Uint8Array() },
      response: { status: 201, headers, body: bytes },
    };
  }
  const known = (exchange: KnownExchange): Given => ({
    sources: { exchange: (name) => (name === "login" ? exchange : undefined), requestNames: ["login", "later"] },
  });

  it("are put in as values", async () => {
    const given = known(exchanged({ token: "t/1?", id: 7 }));
    const text =
      "@t = {{login.response.body.$.token}}\nGET https://localhost/{{t}}/{{login.response.status}}\nA: {{t}}\nB: {{login.request.method}}";
    const { url, headers } = await prepared(text, given);
    assert.equal(url.href, "https://localhost/t/1?/201");
    assert.deepEqual(headers, [
      ["A", "t/1?"],
      ["B", "POST"],
    ]);
    const next = await prepared("GET {{login.response.headers.location}}/x", given);
    assert.equal(next.url.href, "https://localhost:8443/items/1/x");
  });

  it("never change the host that the author wrote", async () => {
    const given = known(exchanged({ t: "@evil.test/" }));
    const failure = await refused("GET https://localhost{{login.response.body.$.t}}/", given);
    assert.equal(shown(failure), "value.bad-url 1:22 {{login.response.body.$.t}}");
    const below = await refused("GET {{login.response.body.$.t}}.localhost/", known(exchanged({ t: "evil.test/" })));
    assert.equal(below.code, "value.bad-url");
    const head = await refused(
      "GET https://localhost/\nA: {{login.response.body.$.t}}",
      known(exchanged({ t: "a\r\nB: c" })),
    );
    assert.equal(head.code, "value.header-injection");
  });

  const refusals: readonly (readonly [title: string, reference: string, code: string, fix: RegExp])[] = [
    [
      "of a request that nobody named",
      "lgoin.response.body",
      "variable.undefined",
      /# @ref lgoin.*Did you mean "login"/,
    ],
    ["of a request that was not sent", "later.response.body", "variable.unset", /"# @ref later"/],
    ["that the response does not have", "login.response.body.$.none", "variable.unset", /./],
    ["that no response has", "login.response.nothing", "variable.unset", /./],
  ];
  for (const [title, reference, code, fix] of refusals) {
    it(`are refused ${title}`, async () => {
      const failure = await refused(`GET https://localhost/{{${reference}}}`, known(exchanged({ a: 1 })));
      assert.equal(shown(failure), `${code} 1:23 {{${reference}}}`);
      assert.match(failure.fix, fix);
    });
  }

  it("are bound to the hosts of a secret that they hold, in whatever encoding", async () => {
    const settings = { "padlock.secrets": { API_TOKEN: ["api.example.com"], OWN: ["api.example.com"] } };
    const environment = { API_TOKEN: "t0p-secret-value" };
    const exchange = exchanged(
      { plain: "is t0p-secret-value", coded: base64("x:t0p-secret-value"), own: "an 0wn-secret" },
      { OWN: "0wn-secret" },
    );
    const given: Given = { ...known(exchange), settings, environment };
    for (const [part, name] of [
      ["plain", "API_TOKEN"],
      ["coded", "API_TOKEN"],
      ["own", "OWN"],
    ]) {
      const reference = `{{login.response.body.$.${part}}}`;
      const failure = await refused(`GET https://evil.test/\nA: ${reference}`, given);
      assert.equal(shown(failure), `policy.secret-not-allowed 2:4 ${reference}`);
      assert.match(failure.detail, new RegExp(`holds the value of ${name}`));
      const allowed = await prepared(`GET https://api.example.com/\nA: ${reference}`, given);
      assert.deepEqual(allowed.secretNames, [name]);
      assert.doesNotMatch(allowed.redactor.redact(allowed.headers[0]?.[1] ?? ""), /secret-value|0wn/);
    }
  });
});

describe("values that are made of others", () => {
  const settings = { "padlock.secrets": { PASS: ["localhost"], KEY: ["localhost"] } };
  const environment = { PASS: "p4ss-word", KEY: "0123456789abcdef0123456789abcdef" };
  const given: Given = { settings, environment, dotenv: { PASS: "d0t-word" }, stored: { PASS: "st0-word" } };

  const made: readonly (readonly [written: string, above: string, value: RegExp])[] = [
    ['{{$basic "us er" $env.PASS}}', "", new RegExp(`^Basic ${base64("us er:p4ss-word")}$`)],
    [
      "{{$basic user password}}",
      "@user = alice\n@password = {{$env.PASS}}",
      new RegExp(`^Basic ${base64("alice:p4ss-word")}$`),
    ],
    ["{{$base64 $secret.PASS}}", "", new RegExp(`^${base64("st0-word")}$`)],
    ["{{$base64 $dotenv.PASS}}", "", new RegExp(`^${base64("d0t-word")}$`)],
    ["{{$jwt HS256 $env.KEY sub=alice}}", "", /^[\w-]+\.[\w-]+\.[\w-]+$/],
  ];
  for (const [written, above, value] of made) {
    it(`are bound and redacted as the secret in them: ${written}`, async () => {
      const { headers, redactor, secretNames } = await prepared(
        `${above}\nGET https://localhost/\nA: ${written}`,
        given,
      );
      assert.match(headers[0]?.[1] ?? "", value);
      assert.ok(redactor.redact(`A: ${headers[0]?.[1]}`).endsWith("}}"));
      assert.deepEqual(secretNames, [written.includes("KEY") ? "KEY" : "PASS"]);
      const failure = await refused(`${above}\nGET https://evil.test/\nA: ${written}`, given);
      assert.equal(failure.code, "policy.secret-not-allowed");
      assert.match(failure.detail, /holds the value of (PASS|KEY)/);
    });
  }

  it("are bound also in what a response holds of them", async () => {
    const first = await prepared("GET https://localhost/\nA: {{$jwt HS256 $env.KEY sub=alice}}", given);
    const token = first.headers[0]?.[1] ?? "";
    const body = Buffer.from(JSON.stringify({ token }));
    const exchange: KnownExchange = {
      redactor: first.redactor,
      request: { method: "GET", url: "https://localhost/", headers: first.headers, body: new Uint8Array() },
      response: { status: 200, headers: [], body },
    };
    const sources = { exchange: () => exchange, requestNames: ["a"] };
    for (const part of ["response.body.$.token", "request.headers.A"]) {
      const result = await prepare(`GET https://evil.test/{{a.${part}}}`, { ...given, sources });
      assert.equal(result.ok ? "sent" : result.error.code, "policy.secret-not-allowed");
    }
  });

  it("are refused when they take each other without end", async () => {
    const uses = (level: number) => ` v${level + 1}`.repeat(4);
    for (const end of ["xxxxxxxxxx", "{{$env.PASS}}"]) {
      const lines = Array.from({ length: 40 }, (_, level) => `@v${level} = {{$base64${uses(level)}}}`);
      const start = performance.now();
      const failure = await refused([...lines, `@v40 = ${end}`, "", "GET https://localhost/{{v0}}"].join("\n"), given);
      assert.match(failure.detail, /The arguments of \$base64 have more than \d+ characters/);
      assert.ok(performance.now() - start < 5000);
    }
  });

  it("may use answers, asked for once", async () => {
    let asked = 0;
    const prompt: ValueSources["prompt"] = async () => `pw${++asked}`;
    const text = '# @prompt pw\nPOST https://localhost/{{pw}}\nA: {{$basic "u" pw}}\n\n{{$base64 pw}}';
    const request = await prepared(text, { sources: { prompt } });
    assert.deepEqual(
      [request.url.pathname, request.headers[0]?.[1], bodyText(request)],
      ["/pw1", `Basic ${base64("u:pw1")}`, base64("pw1")],
    );
  });

  it("are hidden where a private variable is in them", async () => {
    const environments = { private: { dev: { user: "alice", pass: "pr1vate-pass" } } };
    const { headers, redactor } = await prepared("GET https://localhost/\nA: {{$basic user pass}}", { environments });
    assert.equal(redactor.redact(headers[0]?.[1] ?? ""), "{{$basic user pass}}");
  });
});
