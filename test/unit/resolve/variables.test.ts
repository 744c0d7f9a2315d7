import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ImportedFile } from "../../../src/resolve/values/sources.ts";
import { parse } from "../../../src/syntax/index.ts";
import { bodyText, type Given, prepared, refused, shown } from "./given.ts";

function imported(name: string, text: string): ImportedFile {
  return { path: `/projectspace/${name}`, shown: name, file: parse(text) };
}

/** The path that `{{a}}` gives. */
async function pathOf(above: string, given: Given): Promise<string> {
  return (await prepared(`${above}\nGET https://localhost/{{a}}\n`, given)).url.pathname.slice(1);
}

describe("a name is looked up", () => {
  const everything: Given = {
    sources: { overrides: new Map([["a", "run"]]), imports: [imported("lib.https", "@a = imported")] },
    answers: { a: "answer" },
    environments: { public: { $shared: { a: "shared" }, dev: { a: "dev" }, test: { a: "test" } } },
  };
  const { sources, ...withoutRun } = everything;
  const withImport: Given = { ...withoutRun, sources: { imports: sources?.imports ?? [] } };
  const cases: readonly (readonly [from: string, above: string, given: Given, value: string])[] = [
    ["what run sets", "@a = file\n# @prompt a", everything, "run"],
    ["the questions of the block", "@a = file\n# @prompt a", withImport, "answer"],
    ["the file", "@a = file", withImport, "file"],
    ["imported files", "", withImport, "imported"],
    ["the active environment", "", withoutRun, "dev"],
    ["$shared", "", { ...withoutRun, environmentName: "prod" }, "shared"],
    ["$shared without an environment", "", { ...withoutRun, environmentName: "" }, "shared"],
  ];
  for (const [from, above, given, value] of cases) {
    it(`in ${from}`, async () => assert.equal(await pathOf(above, given), value));
  }

  it("in the last definition of an imported file, the nearest import first, whose own variables come first in it", async () => {
    const imports = [
      imported("near.https", "@b = 1\n@a = old\n###\n@a = {{b}}-{{c}}\n@b = 2"),
      imported("far.https", "@a = far\n@c = far"),
    ];
    assert.equal(await pathOf("@b = main", { sources: { imports } }), "1-far");
  });

  it("in the questions of its own block only", async () => {
    const text = "# @prompt a\nGET https://localhost/1\n###\nGET https://localhost/{{a}}";
    assert.equal((await refused(text, { answers: { a: "x" }, block: 1 })).code, "variable.undefined");
  });

  it("in the environment's values as in the request", async () => {
    const environments = {
      public: { dev: { a: "{{b}}/{{id}}/{{$shared c}}/{{%d}}", b: "env" }, $shared: { c: "s", d: "x y" } },
    };
    assert.equal(await pathOf("@id = 7\n@b = file", { environments }), "file/7/s/x%20y");
  });

  it("past a run variable where that one's own value uses the name", async () => {
    const overrides = new Map([["a", "new-{{a}}-{{b}}"]]);
    assert.equal(
      await pathOf("@a = old\n@b = {{$uuid}}", { sources: { overrides } }).then((value) => value.slice(0, 8)),
      "new-old-",
    );
  });
});

describe("a value", () => {
  it("of an environment may be a whole base URL, and percent-encoded", async () => {
    const environments = { public: { dev: { base: "https://localhost:8443/v1", q: "a&b" } } };
    const { url } = await prepared("GET {{base}}/x?q={{%q}}", { environments });
    assert.equal(url.href, "https://localhost:8443/v1/x?q=a%26b");
  });

  it("is put in once", async () => {
    const braces = "{{b}}";
    const given: Given = {
      answers: { p: braces },
      environment: { E: braces },
      dotenv: { D: braces },
      stored: { S: braces },
      sources: { overrides: new Map([["o", "\\{\\{b\\}\\}"]]) },
      environments: { public: { dev: { v: "\\{\\{b\\}\\}" } } },
    };
    const text =
      "@b = wrong\n# @prompt p\nPOST https://localhost/\n\n{{p}} {{$env.E}} {{$dotenv D}} {{$secret S}} {{o}} {{v}} \\{\\{b\\}\\}";
    assert.equal(bodyText(await prepared(text, given)), Array(7).fill(braces).join(" "));
  });

  it("of a definition has the escapes of REST Client", async () => {
    const text = `${String.raw`@a = C:\\x\ty\d\{\{b\}\}\\n`}\nPOST https://localhost/\n\n{{a}}`;
    assert.equal(bodyText(await prepared(text)), "C:\\x\ty\\d{{b}}\\n");
  });

  it("of an environment variable's name may come from a variable", async () => {
    const text = "@which = TOKEN\nGET https://localhost/\nA: {{$processEnv %which}}\nB: {{$dotenv %which}}";
    const { headers } = await prepared(text, { environment: { TOKEN: "e" }, dotenv: { TOKEN: "d" } });
    assert.deepEqual(headers, [
      ["A", "e"],
      ["B", "d"],
    ]);
  });

  it("of another source never chooses which secret is read", async () => {
    const text = "# @prompt which\nGET https://localhost/\nA: {{$processEnv %which}}";
    const failure = await refused(text, { environment: { TOKEN: "e" }, answers: { which: "TOKEN" } });
    assert.equal(shown(failure), "variable.undefined 3:4 {{$processEnv %which}}");
  });

  it("of a dynamic value is fresh at each place, and one for a variable", async () => {
    const { headers } = await prepared(
      "@id = {{$uuid}}\nGET https://localhost/\nA: {{id}}\nB: {{id}}\nC: {{%id}}\nD: {{$uuid}}\nE: {{$uuid}}",
    );
    const values = headers.map(([, value]) => value);
    assert.match(values[0] ?? "", /^[0-9a-f-]{36}$/);
    assert.equal(new Set(values).size, 3);
    assert.equal(new Set(values.slice(0, 3)).size, 1);
  });
});

describe("a reference is refused", () => {
  const environments = { public: { dev: { host: "h", c1: "{{c2}}", c2: "{{file}}" }, prod: { onlyProd: "x" } } };
  const cases: readonly (readonly [title: string, text: string, shown: string, fix: RegExp])[] = [
    [
      "with the name of the file that was meant",
      "@user = 1\nGET https://localhost/{{usr}}",
      "variable.undefined 2:23 {{usr}}",
      /Did you mean "user"\? It is defined in line 1 of api\.https/,
    ],
    [
      "with the environment's name that was meant",
      "GET https://localhost/{{hots}}",
      "variable.undefined 1:23 {{hots}}",
      /Did you mean "host"\? It is defined in dev of http-client\.env\.json/,
    ],
    [
      "with the environment that defines it",
      "GET https://localhost/{{onlyProd}}",
      "variable.undefined 1:23 {{onlyProd}}",
      /choose the environment "prod"/,
    ],
    [
      "in a circle over files",
      "@file = {{c1}}\nGET https://localhost/{{c1}}",
      "variable.cycle 1:9 {{c1}}",
      /value of its own/,
    ],
    [
      "with the dynamic value that was meant",
      "GET https://localhost/{{$guidd}}",
      "variable.undefined 1:23 {{$guidd}}",
      /Did you mean "\$guid"/,
    ],
    [
      "for wrong arguments",
      "GET https://localhost/{{$randomInt 9 1}}",
      "variable.undefined 1:23 {{$randomInt 9 1}}",
      /./,
    ],
    [
      "for arguments that cannot be read",
      'GET https://localhost/{{$base64 "a}}',
      'variable.undefined 1:23 {{$base64 "a}}',
      /\$base64/,
    ],
    [
      "for an argument that nothing defines",
      "GET https://localhost/{{$base64 nothing}}",
      "variable.undefined 1:23 {{$base64 nothing}}",
      /@nothing = value".*in quotes: "nothing"/,
    ],
    [
      "for a $shared name that nothing defines",
      "GET https://localhost/{{$shared x}}",
      "variable.undefined 1:23 {{$shared x}}",
      /no value of this name/,
    ],
    ["for script in braces", "GET https://localhost/{{1 + 1}}", "variable.undefined 1:23 {{1 + 1}}", /\\\{\\\{/],
  ];
  for (const [title, text, expected, fix] of cases) {
    it(title, async () => {
      const failure = await refused(text, { environments });
      assert.equal(shown(failure), expected);
      assert.match(failure.fix, fix);
    });
  }

  it("where a provider keeps the value, only if it is used", async () => {
    const given: Given = { environments: { public: { dev: { key: { provider: "AzureKeyVault", secretName: "k" } } } } };
    const failure = await refused("GET https://localhost/{{key}}", given);
    assert.equal(shown(failure), "variable.unset 1:23 {{key}}");
    assert.equal(failure.title, "AzureKeyVault cannot be asked for key");
    await prepared("GET https://localhost/", given);
  });

  it("where an Auth provider makes the token", async () => {
    const given: Given = { environments: { public: { dev: { Security: { Auth: { mine: { Type: "OAuth2" } } } } } } };
    const failure = await refused('GET https://localhost/\nA: Bearer {{$auth.token("mine")}}', given);
    assert.equal(shown(failure), 'variable.unset 2:11 {{$auth.token("mine")}}');
    assert.equal(failure.title, 'Padlock cannot get a token from OAuth2 "mine"');
    await prepared("GET https://localhost/", given);
  });

  it("and everything with it, where an environment file cannot be read", async () => {
    const failure = await refused("GET https://localhost/", { environments: { public: '{ "dev": { ' } });
    assert.equal(shown(failure), "settings.unreadable 1:12 ");
    assert.match(failure.detail, /Nothing was sent/);
  });
});

describe("values of private environment files", () => {
  const environments = {
    private: {
      dev: {
        token: "pr1vate-token",
        base: "https://PRIVATE.localhost:8443/v1",
        host: "Private2.localhost",
        on: true,
        auth: "Bearer x-{{token}}",
      },
    },
  };

  it("are redacted as the variable", async () => {
    const { redactor, headers } = await prepared("GET https://localhost/\nA: {{token}}\nB: {{auth}}", { environments });
    assert.deepEqual(headers[1], ["B", "Bearer x-pr1vate-token"]);
    assert.equal(redactor.redact("is pr1vate-token, Bearer, true"), "is {{token}}, Bearer, true");
    assert.equal(redactor.redact(`in ${Buffer.from("pr1vate-token").toString("hex")}`), "in {{token}}");
  });

  it("are redacted where they form the host", async () => {
    for (const [text, expected] of [
      ["GET {{base}}/x", "{{base}}/x"],
      ["GET https://{{host}}/x", "https://{{host}}/x"],
    ] as const) {
      const { url, redactor } = await prepared(text, { environments });
      assert.equal(redactor.redact(url.href), expected);
    }
  });

  it("are not in a refusal", async () => {
    const failure = await refused("GET {{base}}/{{nothing}}", { environments });
    assert.doesNotMatch(
      JSON.stringify([failure.title, failure.detail, failure.fix, failure.location]),
      /private\.localhost/i,
    );
  });
});

describe("no line break comes into the head of a request", () => {
  const value = "x\r\nEvil: 1";
  const given: Given = {
    answers: { p: value },
    environment: { E: value },
    dotenv: { D: value },
    stored: { S: value },
    environments: { public: { dev: { v: value } } },
    sources: { overrides: new Map([["o", String.raw`x\r\nEvil: 1`]]) },
  };
  for (const reference of ["p", "$env.E", "$dotenv D", "$secret S", "v", "o", "f", "d"]) {
    for (const place of ["GET https://localhost/{{R}}", "GET https://localhost/\nA: {{R}}", "GET {{R}}.localhost/"]) {
      it(`from {{${reference}}} in ${place.replace("\n", " ⏎ ")}`, async () => {
        const above = `${String.raw`@f = x\nEvil: 1`}\n@d = {{v}}\n# @prompt p\n`;
        assert.equal((await refused(above + place.replace("R", reference), given)).code, "value.header-injection");
      });
    }
  }

  it("but may stand in the body", async () => {
    assert.equal(bodyText(await prepared("POST https://localhost/\n\n{{v}}", given)), value);
  });
});
