import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { diagnostics } from "../../../src/language/index.ts";
import { marked } from "./marked.ts";

/** The diagnostics of a text stand exactly at its marks, with these codes. */
function assertDiagnostics(source: string, ...codes: string[]): void {
  const { file, marks } = marked(source);
  const found = diagnostics(file);
  assert.deepEqual(
    found.map(({ code }) => code),
    codes,
  );
  assert.deepEqual(
    found.map(({ range }) => range),
    marks,
  );
}

function messageOf(source: string): string {
  const found = diagnostics(marked(source).file);
  assert.equal(found.length, 1);
  return found[0]?.message ?? "";
}

describe("diagnostics", () => {
  test("hold the parser's problems, in order, with positions", () => {
    const { file } = marked("GET https://a.test\nX-A\n\n###\nGET /x");
    const found = diagnostics(file);
    assert.deepEqual(
      found.map(({ code, severity, start, end }) => [code, severity, start, end]),
      [
        ["parse.header-without-colon", "error", { line: 1, character: 0 }, { line: 1, character: 3 }],
        ["parse.host-missing", "error", { line: 4, character: 4 }, { line: 4, character: 6 }],
      ],
    );
  });

  test("are none for a file without faults", () => {
    assertDiagnostics(
      "@host = a.test\n### One\n# @name one\nGET https://{{host}}/{{$env.PATH_PART}}\nA: {{%host}}\n\n{}",
    );
  });
});

describe("request.plain-http", () => {
  test("warns about other machines", () => {
    assertDiagnostics("GET «http://a.test/x»", "request.plain-http");
    assertDiagnostics("«HTTP://user@a.test:80»", "request.plain-http");
    assertDiagnostics("GET «http://127.0.0.1.a.test/»", "request.plain-http");
    assertDiagnostics("GET «http://localhost@a.test/»", "request.plain-http");
    assert.match(messageOf("GET http://a.test/"), /a\.test without encryption/);
  });

  test("sees through the variables of the file", () => {
    assertDiagnostics("@host = a.test\n@base = http://{{host}}\nGET «{{base}}/x»", "request.plain-http");
  });

  test("allows this machine, https and hosts that are not known", () => {
    for (const url of [
      "http://localhost:8080/",
      "http://api.localhost/",
      "http://127.0.0.1/",
      "http://[::1]:1/",
      "https://a.test/",
      "a.test",
      "http://{{$env.HOST}}/",
    ]) {
      assertDiagnostics(`GET ${url}`);
    }
  });

  test("ends on variables that use each other", () => {
    const bombs = Array.from({ length: 30 }, (_, i) => `@v${i + 1} = {{v${i}}}{{v${i}}}`).join("\n");
    assertDiagnostics(`@v0 =\n${bombs}\nGET https://a.test/{{v30}}`);
  });
});

describe("request.unknown-method", () => {
  test("names the nearest method", () => {
    assertDiagnostics("«GTE» https://a.test/", "request.unknown-method");
    assert.match(messageOf("GTE https://a.test/"), /Did you mean "GET"\?/);
  });

  test("leaves known and refused ones alone", () => {
    assertDiagnostics("propfind https://a.test/");
    assertDiagnostics("«GRPC» https://a.test/", "parse.unsupported-form");
  });
});

describe("name.duplicate", () => {
  test("marks the second @name", () => {
    assertDiagnostics("# @name a\nGET https://a.test\n###\n# @name «a»\nGET https://a.test", "name.duplicate");
    assert.match(messageOf("# @name a\nGET https://a.test\n###\n# @name a\nGET https://a.test"), /line 1/);
  });

  test("lets titles repeat", () => {
    assertDiagnostics("### a\nGET https://a.test\n### a\nGET https://a.test");
  });
});

describe("variables", () => {
  test("undefined ones are hints in target, header, body, file path and definition", () => {
    assertDiagnostics(
      "@v = «{{a}}»\nGET https://a.test/\n  ?q=«{{b}}»\n«{{c}}»: «{{%d}}»\n\n# «{{ e }}»\n\n###\nGET https://a.test\n\n< «{{f}}».json",
      ...Array.from({ length: 6 }, () => "variable.undefined"),
    );
    assert.equal(diagnostics(marked("GET https://a.test/{{x}}").file)[0]?.severity, "hint");
    assert.match(messageOf("@token = 1\nGET https://a.test/{{tokne}}"), /Did you mean "token"\?/);
  });

  test("in comments, directives and titles are no references", () => {
    assertDiagnostics("### {{a}}\n# {{b}}\n# @title {{c}}\nGET https://a.test\n# {{d}}");
  });

  test("defined only below are hints", () => {
    assertDiagnostics("GET https://a.test/«{{a}}»\n###\n@a = 1", "variable.defined-below");
    assertDiagnostics("@a = 1\nGET https://a.test/{{a}}\n###\n@a = 2\nGET https://a.test/{{a}}");
  });

  test("that need themselves are errors, once for each way round", () => {
    assertDiagnostics("@«a» = «{{b}}»\n@b = {{a}}", "variable.cycle", "variable.defined-below");
    assertDiagnostics("@«a» = {{a}}", "variable.cycle");
    assertDiagnostics("@a = 1\n@a = {{a}}2\nGET https://a.test/{{a}}");
    assert.match(messageOf("@b = 1\n@a = {{a}}"), /a → a/);
  });

  test("in long chains do not overflow the stack", () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => `@v${i + 1} = {{v${i}}}`).join("\n");
    assertDiagnostics(`@v0 = 1\n${chain}\nGET https://a.test/`);
  });
});

describe("references", () => {
  test("that nothing answers yet are warnings", () => {
    assertDiagnostics(
      "GET https://a.test/«{{$uuid}}»/«{{login.response.body.$.id}}»/«{{a b}}»",
      "reference.unsupported",
      "reference.unsupported",
      "reference.unsupported",
    );
  });

  test("without an end are warnings in the head only", () => {
    assertDiagnostics("GET https://a.test/«{{»a\nA: «{{»b}\n\n{{ text", "reference.unclosed", "reference.unclosed");
  });
});

describe("body.multipart-line-ends", () => {
  const lines = [
    "POST https://a.test",
    "Content-Type: multipart/form-data; boundary=b",
    "",
    "--b",
    "A: b",
    "",
    "c",
    "--b--",
    "",
  ];

  test("warns about LF and accepts CRLF", () => {
    const { file } = marked(lines.join("\n"));
    assert.deepEqual(
      diagnostics(file).map(({ code }) => code),
      ["body.multipart-line-ends"],
    );
    assert.deepEqual(diagnostics(marked(lines.join("\r\n")).file), []);
  });
});
