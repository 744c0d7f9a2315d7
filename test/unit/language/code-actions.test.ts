import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CodeAction } from "vscode-languageserver-types";
import { codeActions } from "../../../src/language/code-actions/code-actions.ts";
import { diagnose } from "../../../src/language/diagnostics.ts";
import { LanguageDocument } from "../../../src/language/document.ts";
import type { LanguageHost } from "../../../src/language/host.ts";
import { parse } from "../../../src/syntax/index.ts";
import { applyEdits } from "./apply-edits.ts";
import { marked } from "./marked.ts";
import { createMemoryHost, testUri } from "./memory-host.ts";

const noHost = createMemoryHost();

function open(text: string): LanguageDocument {
  return new LanguageDocument(testUri, 1, text);
}

function apply(document: LanguageDocument, { edit }: CodeAction): string {
  return applyEdits(document, edit?.changes?.[testUri] ?? []);
}

/** The corrections of all diagnostics with that code. */
function fixes(text: string, code: string, host: LanguageHost = noHost): readonly CodeAction[] {
  const document = open(text);
  const diagnostics = diagnose(document, host).filter((diagnostic) => diagnostic.code === code);
  assert.ok(diagnostics.length > 0, `${code} in ${text}`);
  return codeActions(
    document,
    { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    diagnostics,
  ).filter(({ kind }) => kind === "quickfix");
}

/** The first correction makes this of the text, belongs to its diagnostic, and the problem is gone. */
function assertFix(code: string, text: string, expected: string, host: LanguageHost = noHost): void {
  const [action] = fixes(text, code, host);
  assert.ok(action, `${code} has a correction for ${text}`);
  assert.equal(apply(open(text), action), expected);
  assert.equal(action.diagnostics?.[0]?.code, code);
  const before = diagnose(open(text), host).filter((diagnostic) => diagnostic.code === code).length;
  const after = diagnose(open(expected), host).filter((diagnostic) => diagnostic.code === code).length;
  assert.equal(after, before - 1, `${code} is gone from ${expected}`);
}

describe("quick fixes", () => {
  test("use https, in the URL or in the variable that it starts with", () => {
    assertFix("request.plain-http", "GET http://a.test/x", "GET https://a.test/x");
    assertFix(
      "request.plain-http",
      "@base = HTTP://a.test\n@api = {{base}}/v1\nGET {{api}}/x",
      "@base = https://a.test\n@api = {{base}}/v1\nGET {{api}}/x",
    );
  });

  test("change to what was most likely meant", () => {
    assertFix("request.unknown-method", "PSOT https://a.test/", "POST https://a.test/");
    assertFix(
      "variable.undefined",
      "@token = 1\nGET https://a.test/{{ tokne }}",
      "@token = 1\nGET https://a.test/{{ token }}",
    );
    assertFix(
      "variable.undefined",
      "@token = 1\nGET https://a.test/{{%tokne}}",
      "@token = 1\nGET https://a.test/{{%token}}",
    );
    assertFix("header.misspelt", "GET https://a.test/\nContent_Type: a/b", "GET https://a.test/\nContent-Type: a/b");
    assertFix("parse.unknown-directive", "# @nmae a\nGET https://a.test/", "# @name a\nGET https://a.test/");
    assertFix(
      "reference.unknown-dynamic",
      "GET https://a.test/{{$rndomInt 1 6}}",
      "GET https://a.test/{{$randomInt 1 6}}",
    );
    assertFix(
      "name.unknown",
      "# @name login\nGET https://a.test/{{logn.response.body.$.a}}",
      "# @name login\nGET https://a.test/{{login.response.body.$.a}}",
    );
    const dotenv = createMemoryHost({ dotenvNames: ["TOKEN"] });
    assertFix(
      "dotenv.undefined",
      "GET https://a.test/{{$dotenv TOKN}}",
      "GET https://a.test/{{$dotenv TOKEN}}",
      dotenv,
    );
  });

  test("ask for a variable that nothing defines", () => {
    assertFix(
      "variable.undefined",
      "###\nGET https://a.test/{{city}}",
      "###\n# @prompt city\nGET https://a.test/{{city}}",
    );
  });

  test("put a colon behind a header's name, or a blank line above a body", () => {
    assertFix(
      "parse.header-without-colon",
      "POST https://a.test/\nContent-Type application/json",
      "POST https://a.test/\nContent-Type: application/json",
    );
    assertFix("parse.header-without-colon", "POST https://a.test/\r\n[1]", "POST https://a.test/\r\n\r\n[1]");
    const titles = fixes("POST https://a.test/\nhello world", "parse.header-without-colon").map(({ title }) => title);
    assert.deepEqual(titles, ['Insert a colon behind "hello"', "Insert a blank line: the body starts here"]);
  });

  test("correct header names", () => {
    assertFix("parse.header-name", "GET https://a.test/\nContent Type: a/b", "GET https://a.test/\nContent-Type: a/b");
    assertFix("parse.header-name", 'GET https://a.test/\n"a": 1', 'GET https://a.test/\n\n"a": 1');
  });

  test("remove headers that cannot be sent", () => {
    assertFix("parse.text-behind-url", "GET https://a.test/x  # all\nA: b", "# all\nGET https://a.test/x\nA: b");
    assertFix("parse.url-joint", "GET https://a.test/x\n  foo=1\n", "GET https://a.test/x\n  ?foo=1\n");
    assertFix("parse.url-joint", "GET https://a.test/x?a\n  foo=1\n", "GET https://a.test/x?a\n  &foo=1\n");
    assertFix("parse.indented-separator", "PUT https://a.test\n\nx\n \t### y", "PUT https://a.test\n\nx\n### y");
    assertFix("parse.curl-insecure", "curl -k https://a.test", "curl https://a.test");
    assertFix("header.content-length", "PUT https://a.test/\nContent-Length: 9\n\nx", "PUT https://a.test/\n\nx");
    assertFix("header.managed", "GET https://a.test/\nUpgrade: x\nA-B: c", "GET https://a.test/\nA-B: c");
    assertFix(
      "header.duplicate",
      "GET https://a.test/\r\nHost: a\r\nHost: b\r\n",
      "GET https://a.test/\r\nHost: a\r\n",
    );
  });

  test("move lines above the request line", () => {
    assertFix(
      "parse.directive-after-request",
      "### A\nGET https://a.test/\n# @timeout 5s\nA-B: c",
      "### A\n# @timeout 5s\nGET https://a.test/\nA-B: c",
    );
    assertFix(
      "parse.variable-among-headers",
      "GET https://a.test/{{a}}\n@a = 1\nA-B: c",
      "@a = 1\nGET https://a.test/{{a}}\nA-B: c",
    );
  });

  test("complete annotations", () => {
    assertFix("parse.directive-marker", "## @name a\nGET https://a.test/", "# @name a\nGET https://a.test/");
    assertFix("parse.directive-marker", "// @name=a\nGET https://a.test/", "// @name a\nGET https://a.test/");
    assertFix("parse.variable-definition", "@timeout 5s\nGET https://a.test/", "# @timeout 5s\nGET https://a.test/");
    assertFix("parse.variable-definition", "@city Bonn\nGET https://a.test/", "@city = Bonn\nGET https://a.test/");
  });

  test("start a request with its separator", () => {
    const text = "POST https://a.test/\n\n{}\n\nGET https://b.test/";
    const expected = "POST https://a.test/\n\n{}\n\n###\nGET https://b.test/";
    for (const action of fixes(text, "parse.missing-separator")) assert.equal(apply(open(text), action), expected);
    assert.deepEqual(parse(expected).problems, []);
  });

  test("remove quotes and versions", () => {
    assertFix("parse.url-quoted", 'GET "https://a.test/"', "GET https://a.test/");
    assertFix("parse.url-quoted", "GET 'https://a.test/", "GET https://a.test/");
    assertFix("parse.http-version", "GET https://a.test/ HTTP/7", "GET https://a.test/");
  });

  test("put the blank behind the < of a file", () => {
    assertFix("parse.file-body", "POST https://a.test/\n\n<./a.json", "POST https://a.test/\n\n< ./a.json");
  });

  test("close references", () => {
    assertFix("reference.unclosed", "@a = 1\nGET https://a.test/{{a/b", "@a = 1\nGET https://a.test/{{a}}/b");
    assertFix("reference.unclosed", "@a = 1\nGET https://a.test/{{a}/b", "@a = 1\nGET https://a.test/{{a}}/b");
  });

  test("remove what is not used", () => {
    assertFix("variable.unused", "@a = 1\n@b = 2\nGET https://a.test/{{b}}", "@b = 2\nGET https://a.test/{{b}}");
  });

  test("send a request before the one that needs it", () => {
    assertFix(
      "name.missing-ref",
      "# @name login\nGET https://a.test/\n###\nGET https://a.test/{{login.response.body.$.a}}",
      "# @name login\nGET https://a.test/\n###\n# @ref login\nGET https://a.test/{{login.response.body.$.a}}",
    );
  });

  test("state assertions as directives; a script stays", () => {
    assertFix(
      "parse.foreign-assertion",
      "###\nGET https://a.test/\n\n?? status == 200\n",
      "###\n# @assert status == 200\nGET https://a.test/\n\n",
    );
    const script =
      '> {%\n  client.test("ok", function() {\n    client.assert(response.status === 200, "no");\n  });\n%}';
    const [action] = fixes(`GET https://a.test/\n\n${script}`, "parse.response-script");
    assert.ok(action);
    assert.equal(
      apply(open(`GET https://a.test/\n\n${script}`), action),
      `# @assert status == 200\nGET https://a.test/\n\n${script}`,
    );
  });

  test("let the editor allow a secret for the host", () => {
    const [action, ...others] = fixes("GET https://a.test:8443/{{$env.KEY}}", "secret.not-listed");
    assert.deepEqual(others, []);
    assert.equal(action?.edit, undefined);
    assert.deepEqual(action?.command, {
      title: "Allow KEY for a.test:8443 in the workspace settings",
      command: "padlock.allowSecret",
      arguments: [{ name: "KEY", host: "a.test:8443" }],
    });
  });

  test("send a query as GraphQL", () => {
    const head = "POST https://a.test/\n";
    const body = "Content-Type: application/json\n\nquery { a }";
    assertFix("body.json", head + body, `${head}X-Request-Type: GraphQL\n${body}`);
  });

  test("leave a text alone that has changed since", () => {
    const diagnostics = diagnose(open("@token = 1\nGET https://a.test/{{tokne}}"), noHost);
    const document = open("@token = 1\nGET https://a.test/{{other}}/");
    const actions = codeActions(
      document,
      { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
      diagnostics,
    );
    assert.ok(actions.every(({ title }) => !title.startsWith("Change")));
  });
});

/** The text after the rewriting with that title at the cursor; undefined where it is not offered. */
function rewritten(source: string, title: string): string | undefined {
  const { text, cursors } = marked(source);
  const document = open(text);
  const start = document.lines.positionAt(cursors[0] ?? 0);
  const action = codeActions(document, { start, end: start }, []).find((one) => one.title.startsWith(title));
  return action && apply(document, action);
}

describe("rewritings", () => {
  const headers =
    'POST https://a.test/?q=1\nContent-Type: application/json\nX-It: it\'s {{$env.KEY}}\nX-Empty:\n\n{ "a": "{{b}}" }';
  const curl =
    "curl --request POST 'https://a.test/?q=1' \\\n  --header 'Content-Type: application/json' \\\n  --header 'X-It: it'\\''s {{$env.KEY}}' \\\n  --header 'X-Empty;' \\\n  --data-raw '{ \"a\": \"{{b}}\" }'";

  test("turn a request into a cURL command and back", () => {
    assert.equal(rewritten(`### A\n|${headers}\n\n### B\n`, "Convert to a cURL"), `### A\n${curl}\n\n### B\n`);
    assert.equal(rewritten(`### A\n|${curl}\n\n### B\n`, "Convert to a request"), `### A\n${headers}\n\n### B\n`);
  });

  test("are not offered where something would be lost", () => {
    assert.equal(rewritten("|GET https://a.test/\n# about the header\nA-B: c", "Convert"), undefined);
    assert.equal(rewritten("|POST https://a.test/\n\na\n< ./b\nc", "Convert"), undefined);
    assert.equal(rewritten("|curl --cert a.pem https://a.test/", "Convert"), undefined);
    assert.equal(rewritten("|curl -F a=@b https://a.test/", "Convert"), undefined);
  });

  test("take a host that is written twice into a variable", () => {
    assert.equal(
      rewritten("GET https://a.test/x\n###\n|GET https://a.test\n###\nGET https://a.test.b/", "Extract"),
      "@base = https://a.test\n\nGET {{base}}/x\n###\nGET {{base}}\n###\nGET https://a.test.b/",
    );
    assert.equal(
      rewritten("@base = 1\nGET |https://a.test/x\n###\nGET https://a.test/y", "Extract"),
      "@base2 = https://a.test\n@base = 1\nGET {{base2}}/x\n###\nGET {{base2}}/y",
    );
    assert.equal(rewritten("|GET https://a.test/x", "Extract"), undefined);
  });
});
