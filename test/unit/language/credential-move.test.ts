import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { codeActions } from "../../../src/language/code-actions/code-actions.ts";
import { diagnose } from "../../../src/language/diagnostics.ts";
import {
  credentialMove,
  diagnoseEnvironmentFile,
  LanguageDocument,
  withVariable,
} from "../../../src/language/index.ts";
import { createLineMap } from "../../../src/syntax/index.ts";
import { applyEdits } from "./apply-edits.ts";
import { madeTokens } from "./made-tokens.ts";
import { marked } from "./marked.ts";
import { createMemoryHost, testUri, variable } from "./memory-host.ts";

const secret = "k3Jx9vQp2z";

function moveIn(text: string, host = createMemoryHost()) {
  const document = new LanguageDocument(testUri, 3, text);
  const [found] = diagnose(document, host).filter(({ code }) => code === "secret.hard-coded");
  return { document, found, move: found && credentialMove(document, found.range, host) };
}

const bearer = (host: string) => `GET https://${host}/\nAuthorization: Bearer ${secret}\n`;

describe("moving a credential", () => {
  test("proposes a name that says whose and what it is", () => {
    const names: readonly (readonly [text: string, name: string])[] = [
      [bearer("api.example.com"), "EXAMPLE_TOKEN"],
      [bearer("example.co.uk"), "EXAMPLE_TOKEN"],
      [bearer("api.my-shop.test:8443"), "MY_SHOP_TOKEN"],
      [bearer("localhost:8443"), "API_TOKEN"],
      [bearer("127.0.0.1"), "API_TOKEN"],
      [bearer("{{host}}"), "API_TOKEN"],
      [`GET https://a.test/\nX-Acme-Api-Key: ${secret}`, "ACME_API_KEY"],
      [`GET https://acme.test/\nX-Api-Key: ${secret}`, "ACME_API_KEY"],
      [`GET https://acme.test/\nCookie: connect.sid=${secret}`, "CONNECT_SID"],
      ["GET https://alice:hunter2@acme.test/", "ACME_PASSWORD"],
      [`@adminToken = ${secret}\n`, "ADMIN_TOKEN"],
      [`@token = ${secret}\nGET https://acme.test/{{token}}`, "ACME_TOKEN"],
      ['POST https://acme.test/\n\n{"clientSecret": "hunter2x"}', "CLIENT_SECRET"],
      [`GET https://acme.test/${madeTokens["GitLab"]}/`, "GITLAB_TOKEN"],
    ];
    for (const [text, name] of names) assert.equal(moveIn(text).move?.proposedName, name, text);
  });

  test("proposes no name that means something already", () => {
    const host = createMemoryHost({
      secrets: [{ name: "EXAMPLE_TOKEN", hosts: [], isSet: true }],
      publicEnv: ["EXAMPLE_TOKEN_2"],
      environment: { name: "dev", names: ["dev"], variables: [variable("EXAMPLE_TOKEN_3", "x")] },
    });
    const text = `@EXAMPLE_TOKEN_4 = 1\n${bearer("api.example.com")}X: {{$env.EXAMPLE_TOKEN_5}}\n`;
    assert.equal(moveIn(text, host).move?.proposedName, "EXAMPLE_TOKEN_6");
  });

  test("takes every place with the same value along, and the hosts of all", () => {
    const text = `@token = ${secret}\n@base = https://one.test\n${bearer("two.test")}\n###\nGET {{base}}/{{token}}\n\n###\nGET https://three.test/\n`;
    const { document, move } = moveIn(text);
    assert.deepEqual(move?.hosts, ["one.test", "two.test"]);
    assert.equal(applyEdits(document, move?.edits("$env.T") ?? []), text.replaceAll(secret, "{{$env.T}}"));
    assert.equal(applyEdits(document, move?.edits("T") ?? []), text.replaceAll(secret, "{{T}}"));
  });

  test("is offered with the place alone: neither the action nor the diagnostic holds the value", () => {
    const { document, found } = moveIn(bearer("a.test"));
    assert.ok(found);
    const [action, ...others] = codeActions(document, found.range, [found]).filter(({ kind }) => kind === "quickfix");
    assert.deepEqual(others, []);
    assert.equal(action?.title, "Move to an environment variable…");
    assert.equal(action?.command?.command, "padlock.moveSecret");
    assert.deepEqual(action?.command?.arguments, [{ uri: testUri, version: 3, range: found.range }]);
    assert.ok(!JSON.stringify([action, found]).includes(secret));
  });

  test("is not offered where no reference is replaced, and not for another place", () => {
    const { document, found, move } = moveIn(`# ${madeTokens["GitLab"]}\nGET https://a.test/`);
    assert.ok(found);
    assert.equal(move, undefined);
    assert.deepEqual(codeActions(document, found.range, [found]), []);
    const { document: other } = moveIn(bearer("a.test"));
    const start = { line: 0, character: 0 };
    assert.equal(credentialMove(other, { start, end: start }, createMemoryHost()), undefined);
  });
});

describe("public environment variables", () => {
  const host = createMemoryHost({ secrets: [], publicEnv: ["API_HOST"] });

  test("are not marked as unlisted, as a stored secret of that name is", () => {
    const text = "GET https://{{$env.API_HOST}}/{{$env.OTHER}}/{{$secret API_HOST}}";
    const found = diagnose(new LanguageDocument(testUri, 1, text), host).filter(
      ({ code }) => code === "secret.not-listed",
    );
    assert.deepEqual(
      found.map(({ range }) => text.slice(range.start.character, range.end.character)),
      ["{{$env.OTHER}}", "{{$secret API_HOST}}"],
    );
  });
});

describe("a public environment file", () => {
  const findings = (source: string) => {
    const { text, marks } = marked(source);
    const lines = createLineMap(text);
    const found = diagnoseEnvironmentFile(text);
    assert.deepEqual(
      found.map(({ range }) => ({ start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) })),
      marks,
      source,
    );
    for (const { message } of found) assert.ok(!String(message).includes(secret));
  };

  test("has credentials by name, by format and by form", () => {
    findings(`{ "dev": { "token": "«${secret}»", "host": "a.test" } }`);
    findings(`{\n  // comment\n  "dev": { "auth": { "clientSecret": "«${secret}»", }, },\n}`);
    findings(`{ "dev": { "x": "«${madeTokens["GitLab"]}»", "y": ["«${madeTokens["Stripe"]}»"] } }`);
    findings(`{ "dev": { "header": "«Bearer ${secret}»", "url": "«https://a:${secret}@a.test»" } }`);
  });

  test("may hold references, placeholders and everything else", () => {
    findings(
      '{ "dev": { "token": "{{$env.TOKEN}}", "password": "", "apiKey": "<your key>", "tokenUrl": "https://a.test" } }',
    );
    findings('{ "dev": { "password": 7, "secret": true, "token": null, "n": "k3Jx9vQp2z" } }');
    for (const broken of ["", "{", "[]", '"x"', `{"a":`.repeat(20_000)]) diagnoseEnvironmentFile(broken);
  });
});

describe("a variable for a private environment file", () => {
  test("keeps what stands there, and comes in its layout", () => {
    assert.equal(withVariable("", "dev", "T", "v"), '{\n  "dev": {\n    "T": "v"\n  }\n}\n');
    assert.equal(
      withVariable('{\n    // mine\n    "dev": {\n        "a": "1"\n    }\n}\n', "dev", "T", 'a"b'),
      '{\n    // mine\n    "dev": {\n        "a": "1",\n        "T": "a\\"b"\n    }\n}\n',
    );
    assert.equal(
      withVariable('{ "dev": {} }', "$shared", "T", "v"),
      '{\n  "dev": {},\n  "$shared": {\n    "T": "v"\n  }\n}',
    );
  });

  test("takes the place of nothing", () => {
    for (const text of ['{"dev": {"T": "1"}}', '{"dev": "x"}', "[]", "7"]) {
      assert.equal(withVariable(text, "dev", "T", "v"), undefined, text);
    }
  });
});
