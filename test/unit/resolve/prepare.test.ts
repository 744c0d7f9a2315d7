import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bodyText, prepared, refused, shown } from "./given.ts";

describe("prepareRequest", () => {
  it("prepares a whole request", async () => {
    const request = await prepared(
      [
        "@base = https://localhost:8443/v1",
        "### Create an item",
        "# @name create",
        "post {{base}}/items",
        "    ?tag=a b",
        "Authorization: Bearer {{$env.TOKEN}}",
        "X-Twice: 1",
        "x-twice: 2",
        "Content-Type: application/json",
        "",
        '{ "token": "{{ $processEnv TOKEN }}", "braces": "\\{\\{x\\}\\}" }',
        "",
      ].join("\n"),
      { environment: { TOKEN: "t0p-secret" } },
    );
    assert.equal(request.method, "POST");
    assert.equal(request.url.href, "https://localhost:8443/v1/items?tag=a%20b");
    assert.deepEqual(request.headers, [
      ["Authorization", "Bearer t0p-secret"],
      ["X-Twice", "1"],
      ["x-twice", "2"],
      ["Content-Type", "application/json"],
    ]);
    assert.equal(bodyText(request), '{ "token": "t0p-secret", "braces": "{{x}}" }');
    assert.deepEqual([request.name, request.secretNames], ["create", ["TOKEN"]]);
    assert.equal(request.redactor.redact("t0p-secret"), "{{$env.TOKEN}}");
    assert.deepEqual(
      [request.location.file, request.location.line, request.location.lineText],
      ["api.https", 4, "post {{base}}/items"],
    );
  });

  it("sends GET without a method or a body, other methods as written", async () => {
    const request = await prepared("localhost/x");
    assert.deepEqual(
      [request.method, request.url.href, request.body, request.headers],
      ["GET", "https://localhost/x", undefined, []],
    );
    assert.equal((await prepared("Frob https://localhost/")).method, "Frob");
    assert.equal((await prepared("delete https://localhost/")).method, "DELETE");
  });

  it("refuses a block with a problem, and only that block", async () => {
    const text = "GET https://localhost/1\nno colon\n\n###\nGET https://localhost/2\n";
    assert.equal(shown(await refused(text, { block: 0 })), "parse.error 2:1 no colon");
    assert.equal((await prepared(text, { block: 1 })).url.pathname, "/2");
  });

  it("refuses a block without a request", async () => {
    assert.equal((await refused("# only a comment\n", { block: 0 })).code, "parse.error");
  });

  it("refuses a method that is none of its own", async () => {
    assert.equal(shown(await refused("CONNECT https://localhost/")), "parse.error 1:1 CONNECT");
    const environment = { METHOD: "GET" };
    assert.equal(
      shown(await refused("{{$env.METHOD}} https://localhost/", { environment })),
      "parse.error 1:1 {{$env.METHOD}}",
    );
  });

  it("takes profile and timeouts of the most specific host entry, and the request's own before them", async () => {
    const settings = {
      "padlock.hosts": {
        "localhost:*": { cert: "c.pem", passphrase: `\${env:PASS}`, timeout: { connect: "3s", total: "20s" } },
      },
      "padlock.timeout": { handshake: "4s" },
    };
    const environment = { PASS: "pass-phrase" };
    const request = await prepared("# @timeout 45 s\n# @connection-timeout 2\nGET https://localhost:1/", {
      settings,
      environment,
    });
    assert.deepEqual(request.timeouts, {
      connect: 2000,
      handshake: 4000,
      response: 45_000,
      idle: 45_000,
      total: 45_000,
    });
    assert.equal(request.profile.cert?.path, "/projectspace/c.pem");
    assert.equal(request.redactor.redact("is pass-phrase"), "is {{$env.PASS}}");
    assert.deepEqual(request.secretNames, [], "a passphrase is not part of the request");
    const failure = await refused("GET https://localhost:1/", { settings });
    assert.deepEqual([failure.code, failure.location?.file], ["variable.unset", ".vscode/settings.json"]);
  });

  it("refuses a directive that is not a duration", async () => {
    assert.equal(shown(await refused("# @timeout soon\nGET https://localhost/")), "parse.error 1:12 soon");
  });
});

describe("file variables", () => {
  it("takes the nearest definition above, else the first one below", async () => {
    const text = "@a = 1\n@a = {{a}}2\n###\nGET https://localhost/{{a}}/{{b}}\n###\n@a = 3\n@b = 4\n@b = 5\n";
    assert.equal((await prepared(text)).url.pathname, "/12/4");
  });

  it("resolves a value where it is defined", async () => {
    const text = "@host = one\n@base = {{host}}.localhost\n@host = two\nGET {{base}}/{{host}}\n";
    assert.equal((await prepared(text)).url.href, "https://one.localhost/two");
  });

  it("percent-encodes {{%name}}, also a secret in it", async () => {
    const request = await prepared("@a = a&b=c/{{$env.T}}\nGET https://localhost/?q={{%a}}", {
      environment: { T: "1&2é" },
    });
    assert.equal(request.url.search, "?q=a%26b%3Dc%2F1%262%C3%A9");
    assert.equal(request.redactor.redact(request.url.href), "https://localhost/?q=a%26b%3Dc%2F{{$env.T}}");
  });

  it("never expands a value again", async () => {
    const environment = { T: "{{b}} {{$env.U}} \\{\\{", U: "u-secret" };
    const request = await prepared("@b = 1\nPOST https://localhost/\nX: {{$env.T}}\n\n{{$env.T}}", { environment });
    assert.deepEqual(request.headers, [["X", environment.T]]);
    assert.equal(bodyText(request), environment.T);
  });

  const wrong: readonly (readonly [title: string, text: string, shown: string])[] = [
    ["an undefined variable", "GET https://localhost/{{nmae}}\n###\n@name = 1", "variable.undefined 1:23 {{nmae}}"],
    ["one on a continuation line", "GET https://localhost/\n  ?a=1\n  &b={{x}}", "variable.undefined 3:6 {{x}}"],
    ["one in a header", "GET https://localhost/\nA: {{ x }}", "variable.undefined 2:4 {{ x }}"],
    ["one in the body", "POST https://localhost/\n\na\nb {{x}}", "variable.undefined 4:3 {{x}}"],
    ["one in another variable", "@a = 1{{x}}\nGET https://localhost/{{a}}", "variable.undefined 1:7 {{x}}"],
    ["a variable of itself", "@a = {{a}}\nGET https://localhost/{{a}}", "variable.cycle 1:6 {{a}}"],
    ["a circle", "GET https://localhost/{{a}}\n###\n@a = {{b}}\n@b = {{c}}\n@c = {{a}}", "variable.cycle 5:6 {{a}}"],
    ["a dynamic value that nothing makes", "GET https://localhost/{{$uuuid}}", "variable.undefined 1:23 {{$uuuid}}"],
    [
      "a part of a response",
      "GET https://localhost/{{a.response.body.b}}",
      "variable.undefined 1:23 {{a.response.body.b}}",
    ],
    ["a malformed reference", "GET https://localhost/{{$env.}}", "variable.undefined 1:23 {{$env.}}"],
  ];
  for (const [title, text, expected] of wrong) {
    it(`refuses ${title}`, async () => {
      assert.equal(shown(await refused(text)), expected);
    });
  }

  it("says what was probably meant", async () => {
    assert.match((await refused("GET https://localhost/{{nmae}}\n###\n@name = 1")).fix, /Did you mean "name"\?/);
    assert.match((await refused("GET https://localhost/{{env.TOKEN}}")).fix, /\{\{\$env\.TOKEN\}\}/);
  });

  it("shows the way of a circle", async () => {
    const failure = await refused("@a = {{b}}\n@b = {{a}}\nGET https://localhost/{{b}}");
    assert.match(failure.detail, /(a → b → a|b → a → b)/);
  });

  it("is not caught by variables that multiply or nest without end", async () => {
    const powers = Array.from({ length: 20 }, (_, index) => `@v${index + 1} = ${`{{v${index}}}`.repeat(10)}`);
    assert.equal(
      (await refused(`@v0 = x\n${powers.join("\n")}\nGET https://localhost/{{v20}}`)).code,
      "variable.cycle",
    );
    const chain = Array.from({ length: 5000 }, (_, index) => `@v${index + 1} = {{v${index}}}`);
    assert.equal(
      (await refused(`@v0 = x\n${chain.join("\n")}\nGET https://localhost/{{v5000}}`)).code,
      "variable.cycle",
    );
  });
});
