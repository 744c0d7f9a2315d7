import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ForeignKind, parse } from "../../../src/syntax/index.ts";

const request = "POST https://a.test/\nContent-Type: application/json\n\n";

/** Each text with the form in it, its severity, its code, the content of its node, and the line (0-based) it stands on. */
const forms: [label: string, text: string, kind: ForeignKind, problem: string, content: string, line: number][] = [
  [
    "response script",
    `${request}{}\n\n> {% client.log(1) %}`,
    "response-script",
    "warning parse.response-script",
    " client.log(1) ",
    5,
  ],
  [
    "response script over lines",
    `${request}{}\n\n> {%\n  x\n%}\n`,
    "response-script",
    "warning parse.response-script",
    "\n  x\n",
    5,
  ],
  [
    "closing mark inside a script",
    `${request}{}\n\n>{%\n  log("%} and on");\n  y %}\n`,
    "response-script",
    "warning parse.response-script",
    '\n  log("%} and on");\n  y ',
    5,
  ],
  [
    "response script among headers",
    "GET https://a.test/\n> {% x %}\n",
    "response-script",
    "warning parse.response-script",
    " x ",
    1,
  ],
  [
    "response script file",
    `${request}{}\n\n> ./check.js`,
    "response-script-file",
    "warning parse.response-script",
    "./check.js",
    5,
  ],
  [
    "response file of another kind, at the end",
    `${request}{}\n\n> ./check.http\n\n`,
    "response-script-file",
    "warning parse.response-script",
    "./check.http",
    5,
  ],
  [
    "Lua script",
    "GET https://a.test/\n\n--{%\nx\n--%}",
    "response-script",
    "warning parse.response-script",
    "\nx\n",
    2,
  ],
  [
    "script block below the request",
    `${request}{}\n\n{{@response\n  test(1)\n}}`,
    "script-block",
    "warning parse.response-script",
    "@response\n  test(1)\n",
    5,
  ],
  [
    "script block that changes the request, below it",
    `${request}{}\n\n{{@request\n  x\n}}`,
    "script-block",
    "error parse.request-script",
    "@request\n  x\n",
    5,
  ],
  [
    "script block before the request",
    "{{\n  exports.a = {{}}\n}}\nGET https://a.test/",
    "script-block",
    "error parse.request-script",
    "\n  exports.a = {{}}\n",
    0,
  ],
  [
    "script before the request",
    "< {%\n  x\n%}\nGET https://a.test/",
    "pre-script",
    "error parse.request-script",
    "\n  x\n",
    0,
  ],
  [
    "script file before the request",
    "< ./before.js\nGET https://a.test/",
    "pre-script-file",
    "error parse.request-script",
    "./before.js",
    0,
  ],
  [
    "response to a file, above the request",
    ">> ./out.json\nGET https://a.test/",
    "response-output",
    "warning parse.response-output",
    "./out.json",
    0,
  ],
  [
    "response reference",
    `${request}{}\n\n<> 2026-01-01.200.json`,
    "response-reference",
    "information parse.response-reference",
    "2026-01-01.200.json",
    5,
  ],
  ["assertion", `${request}{}\n\n?? status == 200`, "assertion", "error parse.foreign-assertion", "status == 200", 5],
  [
    "assertion below the request line",
    "GET https://a.test/\n?? status == 200",
    "assertion",
    "error parse.foreign-assertion",
    "status == 200",
    1,
  ],
  [
    "recorded response in a block of its own",
    "HTTP/1.1 200 OK\nContent-Type: text/plain\n\nGET https://a.test/\n\n",
    "recorded-response",
    "information parse.recorded-response",
    "HTTP/1.1 200 OK\nContent-Type: text/plain\n\nGET https://a.test/",
    0,
  ],
  [
    "recorded response below the headers",
    "GET https://a.test/\nHTTP/1.1 200 OK\n\nx\n",
    "recorded-response",
    "information parse.recorded-response",
    "HTTP/1.1 200 OK\n\nx",
    1,
  ],
  [
    "recorded response below a request",
    `${request}{}\n\nHTTP/2 404\nA: b\n\n{\n\n}\n`,
    "recorded-response",
    "information parse.recorded-response",
    "HTTP/2 404\nA: b\n\n{\n\n}",
    5,
  ],
];

describe("forms of other tools", () => {
  for (const [label, text, kind, problem, content, line] of forms) {
    test(label, () => {
      const { blocks, problems } = parse(text);
      assert.deepEqual(
        problems.map(({ severity, code }) => `${severity} ${code}`),
        [problem],
      );
      const [node, ...more] = blocks.flatMap((block) => block.foreign);
      assert.deepEqual(more, []);
      assert.deepEqual([node?.kind, node?.content.text], [kind, content]);
      assert.equal(text.slice(0, node?.range.start).split("\n").length - 1, line);
      const body = blocks[0]?.request?.body;
      if (text.startsWith(request)) assert.equal(body?.kind === "inline" && body.content.text, "{}");
      else assert.ok(body === undefined || body.kind === "none");
    });
  }

  const outputs: readonly (readonly [label: string, text: string])[] = [
    ["below a body", `${request}{}\n\n>>! ./out.json`],
    ["below headers", "GET https://a.test/\nA: b\n>>! ./out.json"],
    ["below the request line alone", "GET https://a.test/\n\n>>! ./out.json  \n\n# done"],
    ["below a cURL command", "curl https://a.test/\n\n>>! ./out.json"],
    ["below a script", `${request}{}\n\n> a.js\n\n>>! ./out.json`],
  ];
  for (const [label, text] of outputs) {
    test(`a response to a file ${label} is no form of other tools`, () => {
      for (const [mark, overwrites] of [
        [">>!", true],
        [">>", false],
      ] as const) {
        const source = text.replace(">>!", mark);
        const { blocks, problems } = parse(source);
        const [output, ...more] = blocks.flatMap((block) => block.outputs);
        assert.deepEqual(more, []);
        assert.ok(output);
        assert.deepEqual([output.path.text, output.overwrites], ["./out.json", overwrites]);
        assert.match(source.slice(output.range.start, output.range.end), /^>>!? \.\/out\.json$/);
        assert.equal(problems.filter(({ code }) => code === "parse.response-output").length, 0);
        const body = blocks[0]?.request?.body;
        assert.equal(body?.kind === "inline" ? body.content.text : "", text.startsWith(request) ? "{}" : "");
      }
    });
  }

  test("a line that looks like one within a body is text", () => {
    const body = parse(`${request}>> quoted\nanswer`).blocks[0]?.request?.body;
    assert.equal(body?.kind === "inline" && body.content.text, ">> quoted\nanswer");
  });

  test("a message is a body, and may hold a response", () => {
    const text = "POST https://a.test/\nContent-Type: application/http\n\nHTTP/1.1 200 OK\n\nx\n";
    const body = parse(text).blocks[0]?.request?.body;
    assert.equal(body?.kind === "inline" && body.content.text, "HTTP/1.1 200 OK\n\nx");
  });

  test("an assertion of httpYac is one wherever it stands", () => {
    const { blocks, problems } = parse(`${request}{}\n??status == 200\nmore`);
    assert.equal(blocks[0]?.foreign[0]?.kind, "assertion");
    assert.ok(problems.some(({ code }) => code === "parse.foreign-assertion"));
  });

  test("several stand below a request in their order, with comments between", () => {
    const text = `${request}{}\n\n> ./a.js\n# about\n> {%\n%}\n<> x.json\n@b = 1\n`;
    const [block] = parse(text).blocks;
    assert.deepEqual(
      block?.foreign.map(({ kind }) => kind),
      ["response-script-file", "response-script", "response-reference"],
    );
    assert.deepEqual(
      [block?.comments.map((comment) => comment.text.text), block?.variables.map(({ name }) => name.text)],
      [["about"], ["b"]],
    );
    assert.equal(block?.request?.body.kind, "inline");
  });

  test("a script that never ends is an error and takes the block", () => {
    const { problems, blocks } = parse("GET https://a.test/\n\n> {%\nx\n\n### B\nGET https://b.test/");
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["parse.response-script", "parse.unclosed-script"],
    );
    assert.equal(blocks[1]?.request?.url.text, "https://b.test/");
  });

  test("text behind a script is no part of a body above it, and refuses the request", () => {
    const [block] = parse(`${request}{}\n\n> {% x %}\n\nmore\ntext\n`).blocks;
    assert.equal(block?.request?.body.kind === "inline" && block.request.body.content.text, "{}");
    const { problems } = parse(`${request}{}\n\n> {% x %}\n\nmore\ntext\n`);
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [
        ["parse.response-script", "warning"],
        ["parse.text-behind-script", "error"],
      ],
    );
  });

  test("a body below a script is the body, but not sent", () => {
    const { blocks, problems } = parse(`${request}{{\n  x\n}}\n\n{ "a": 1 }\n`);
    const body = blocks[0]?.request?.body;
    assert.equal(body?.kind === "inline" && body.content.text, '{ "a": 1 }');
    assert.ok(problems.some(({ severity }) => severity === "error"));
  });
});

const text: [label: string, body: string][] = [
  ["a quotation", "> a quoted line\n> another one"],
  ["a nested quotation above text", ">> quoted twice\n\nanswer"],
  ["a question", "?? what\nis this"],
  ["markup", "<a>\n<b/>\n</a>"],
  ["a lone {{", "{{\nno end"],
  ["indented lines", "start\n  > ./b.js\n  ?? status == 200\nend"],
  ["an empty <", "<\n>\ntext"],
  ["words", "HTTP/1.1 is a protocol\nrun #x\nimport y"],
];

describe("body text that only looks like a form is text", () => {
  for (const [label, body] of text) {
    test(label, () => {
      const file = parse(`POST https://a.test/\n\n${body}\n`);
      assert.deepEqual(file.problems, []);
      const node = file.blocks[0]?.request?.body;
      assert.equal(node?.kind === "inline" && node.content.text, body);
    });
  }
});
