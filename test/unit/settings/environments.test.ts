import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type EnvironmentFile, readEnvironments } from "../../../src/settings/index.ts";

function file(text: string, kind: EnvironmentFile["kind"] = "public", folder = "/space"): EnvironmentFile {
  const name = kind === "public" ? "http-client.env.json" : "http-client.private.env.json";
  const path = `${folder}/${name}`;
  return { path, shown: path.slice("/space/".length), kind, text };
}

function values(files: readonly EnvironmentFile[], environment: string): Record<string, string> {
  const variables = readEnvironments(files).variables(environment);
  return Object.fromEntries([...variables.values()].map(({ name, value }) => [name, value]));
}

describe("variables of environment files", () => {
  it("may stand among comments, trailing commas and behind a byte order mark", () => {
    const text = '\uFEFF{ // c\n "dev": { "host": "a", /* c */ "port": 1, }, }';
    assert.deepEqual(values([file(text)], "dev"), { host: "a", port: "1" });
  });

  it("are texts: numbers with all their digits, lists and null as JSON, nested objects flattened", () => {
    const text = `{ "dev": {
      "n": 12345678901234567890, "d": 1.50, "b": true, "z": null,
      "l": [1.0, "a\\n", { "x": [] }], "o": { "p": { "q": "deep" }, "e": {} } } }`;
    assert.deepEqual(values([file(text)], "dev"), {
      n: "12345678901234567890",
      d: "1.50",
      b: "true",
      z: "null",
      l: '[1.0,"a\\n",{"x":[]}]',
      "o.p.q": "deep",
    });
  });

  it("of the environment come before those of $shared, private before public, near before far", () => {
    const files = [
      file('{ "dev": { "a": "private near", "x": "1" } }', "private", "/space/sub"),
      file('{ "$shared": { "a": "private shared", "s": "private shared" }, "dev": { "b": "private far" } }', "private"),
      file('{ "dev": { "a": "near", "b": "near", "c": "near" }, "test": {} }', "public", "/space/sub"),
      file('{ "$shared": { "c": "shared", "s": "shared", "t": "shared" }, "dev": { "c": "far", "d": "far" } }'),
    ];
    assert.deepEqual(values(files, "dev"), {
      a: "private near",
      b: "private far",
      c: "near",
      d: "far",
      s: "private shared",
      t: "shared",
      x: "1",
    });
    const shared = { a: "private shared", c: "shared", s: "private shared", t: "shared" };
    assert.deepEqual(values(files, ""), shared);
    assert.deepEqual(values(files, "nowhere"), shared);
    assert.deepEqual(readEnvironments(files).names, ["dev", "test"]);
  });

  it("tell where they come from, and show no line of a private file", () => {
    const files = [file('{ "dev": { "p": "s3cret" } }', "private"), file('{\n  "dev": { "q": "v" }\n}')];
    const variables = readEnvironments(files).variables("dev");
    const { isPrivate, environment, location } = variables.get("p") ?? assert.fail();
    assert.deepEqual({ isPrivate, environment }, { isPrivate: true, environment: "dev" });
    assert.deepEqual(location, { file: "http-client.private.env.json", line: 1, column: 17, endColumn: 25 });
    assert.deepEqual(variables.get("q")?.location, {
      file: "http-client.env.json",
      line: 2,
      column: 17,
      endColumn: 20,
      lineText: '  "dev": { "q": "v" }',
    });
  });

  it("are not what $schema, SSLConfiguration and Security hold", () => {
    const text =
      '{ "$schema": "https://x.test", "dev": { "SSLConfiguration": {}, "Security": { "Auth": { "id": { "Type": "OAuth2" } } } } }';
    const environments = readEnvironments([file(text)]);
    assert.deepEqual(environments.names, ["dev"]);
    assert.equal(environments.variables("dev").size, 0);
    assert.equal(environments.authProvider("dev", "id")?.type, "OAuth2");
    assert.equal(environments.authProvider("dev", "other"), undefined);
    assert.deepEqual(environments.problems, []);
  });

  it("name the provider that keeps their value", () => {
    const text = `{ "dev": { "a": { "provider": "AspnetUserSecrets", "secretName": "x" }, "b": { "provider": "Encrypted", "value": "x" },
      "c": { "provider": "acme" }, "d": { "provider": "Vault9", "secretName": "x" } } }`;
    const variables = readEnvironments([file(text)]).variables("dev");
    const providers = [...variables.values()].map(({ name, value, provider }) => [name, value, provider]);
    assert.deepEqual(providers, [
      ["a", "", "AspnetUserSecrets"],
      ["b", "", "Encrypted"],
      ["c.provider", "acme", undefined],
      ["d", "", "Vault9"],
    ]);
  });

  it("may be called as what every object has", () => {
    const text = '{ "__proto__": { "constructor": "c", "__proto__": "p" } }';
    assert.deepEqual(
      [
        ...readEnvironments([file(text)])
          .variables("__proto__")
          .keys(),
      ],
      ["constructor", "__proto__"],
    );
  });
});

describe("SSLConfiguration", () => {
  const config = (ssl: string) => `{\n "dev": {\n  "SSLConfiguration": ${ssl} } }`;

  it("is an identity with paths from its own file", () => {
    const ssl = '{ "clientCertificate": "c.pem", "clientCertificateKey": { "path": "../k.pem", "format": "PEM" } }';
    const identity = readEnvironments([file(config(ssl), "public", "/space/sub")]).identity("dev");
    assert.ok(identity);
    const { location, ...rest } = identity;
    assert.deepEqual(rest, { cert: "/space/sub/c.pem", key: "/space/k.pem", hasPassphrase: false });
    assert.deepEqual([location.line, location.column], [3, 3]);
  });

  it("is put together from private and public files", () => {
    const files = [
      file(config('{ "clientCertificateKey": "k.pem", "hasCertificatePassphrase": true }'), "private", "/space/sub"),
      file(config('{ "clientCertificate": "c.pem", "clientCertificateKey": "other.pem" }')),
    ];
    const { cert, key, hasPassphrase } = readEnvironments(files).identity("dev") ?? {};
    assert.deepEqual([cert, key, hasPassphrase], ["/space/c.pem", "/space/sub/k.pem", true]);
    assert.equal(readEnvironments(files).identity("test"), undefined);
  });

  it("never turns verification off", () => {
    const { problems, warnings } = readEnvironments([file(config('{ "verifyHostCertificate": false }'))]);
    assert.deepEqual(problems, []);
    assert.equal(warnings[0]?.title, "Certificates are always verified");
    assert.equal(warnings[0]?.location?.line, 3);
    assert.deepEqual(readEnvironments([file(config('{ "verifyHostCertificate": true }'))]).warnings, []);
  });
});

describe("what is wrong in an environment file", () => {
  const wrong: readonly (readonly [title: string, text: string, shown: string])[] = [
    ["JSON that ends early", '{ "dev": {', "settings.unreadable 1:11"],
    ["JSON with a slip", '{\n  "dev": { "a" 1 }\n}', "settings.unreadable 2:16"],
    ["a list", "[]", "settings.wrong-type 1:1"],
    ["an environment that is a text", '{ "dev": "x" }', "settings.wrong-type 1:10"],
    [
      "a certificate that is a number",
      '{ "d": { "SSLConfiguration": { "clientCertificate": 1 } } }',
      "settings.wrong-type 1:53",
    ],
    [
      "a key without a path",
      '{ "d": { "SSLConfiguration": { "clientCertificateKey": {} } } }',
      "settings.wrong-type 1:56",
    ],
    [
      "a flag that is a text",
      '{ "d": { "SSLConfiguration": { "hasCertificatePassphrase": "no" } } }',
      "settings.wrong-type 1:60",
    ],
    ["an SSLConfiguration that is a list", '{ "d": { "SSLConfiguration": [] } }', "settings.wrong-type 1:30"],
    ["JSON that is nested without end", `{ "d": ${"[".repeat(200_000)}`, "settings.unreadable"],
  ];
  for (const [title, text, expected] of wrong) {
    it(`${title} is told with its place`, () => {
      const [problem] = readEnvironments([file(text)]).problems;
      assert.ok(problem);
      const place = problem.location ? ` ${problem.location.line}:${problem.location.column}` : "";
      assert.equal(problem.code + place, expected);
      assert.match(problem.detail, /http-client\.env\.json/);
    });
  }

  it("a name that stands twice is told, and its last value counts", () => {
    const text = '{ "dev": { "a": "1", "a": "2" }, "dev2": {} }';
    const { warnings, problems } = readEnvironments([file(text)]);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      warnings.map(({ location }) => [location?.line, location?.column]),
      [[1, 22]],
    );
    assert.equal(values([file(text)], "dev")["a"], "2");
  });

  it("shows no value of a private file", () => {
    const [problem] = readEnvironments([file('{ "dev": { "t": "s3cret" x } }', "private")]).problems;
    assert.ok(problem?.location);
    assert.equal(problem.location.lineText, undefined);
    assert.doesNotMatch(problem.title + problem.detail + problem.fix, /s3cret/);
  });

  it("a file that could not be read says why", () => {
    const unreadable = { ...file("", "private"), unreadable: "it is larger than 1 MB" };
    const [problem] = readEnvironments([unreadable]).problems;
    assert.equal(problem?.code, "settings.unreadable");
    assert.match(problem?.detail ?? "", /http-client\.private\.env\.json .*larger than 1 MB/);
  });
});

describe("environment files without measure", () => {
  const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
  const problemOf = (text: string) => readEnvironments([file(text)]).problems[0];

  for (const levels of [40, 1500, 3000, 20_000]) {
    it(`are refused for ${levels} levels`, () => {
      for (const text of [nested(levels), `{"dev":{"x":${"[".repeat(levels)}${"]".repeat(levels)}}}`]) {
        const failure = problemOf(text);
        assert.equal(failure?.code, "settings.unreadable");
        assert.match(failure?.detail ?? "", /nested too deeply/);
      }
    });
  }

  it("may have a few levels", () => {
    assert.deepEqual(values([file(`{"dev":${nested(20)}}`)], "dev"), { [Array(20).fill("a").join(".")]: "1" });
  });

  it("are refused for more environments than anybody has", () => {
    const environments = (count: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`e${index}`, { x: index }])));
    assert.equal(problemOf(environments(500)), undefined);
    assert.match(problemOf(environments(501))?.detail ?? "", /more than 500 environments/);
  });
});
