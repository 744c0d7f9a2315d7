import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse } from "../../../src/syntax/index.ts";

const request = "POST https://a.test/\nContent-Type: application/json\n\n";

/** Each text with the line (0-based) that must be refused. */
const unsupported: [label: string, text: string, line: number][] = [
  ["response script", `${request}{}\n\n> {% client.log(1) %}`, 5],
  ["response script over lines", `${request}{}\n\n> {%\n  x\n%}\n`, 5],
  ["response script among headers", "GET https://a.test/\n> {% x %}\n", 1],
  ["response script file", `${request}{}\n\n> ./check.js`, 5],
  ["response file of another kind, at the end", `${request}{}\n\n> ./check.http\n\n`, 5],
  ["script before the request", "< {%\n  x\n%}\nGET https://a.test/", 0],
  ["script file before the request", "< ./before.js\nGET https://a.test/", 0],
  ["script block before the request", "{{\n  exports.a = 1\n}}\nGET https://a.test/", 0],
  ["script block below the request", `${request}{}\n\n{{@response\n  test(1)\n}}`, 5],
  ["Lua script block", "GET https://a.test/\n\n--{%\nx\n--%}", 2],
  ["file with variables", `${request}<@ ./a.json`, 3],
  ["file with variables and encoding", `${request}<@latin1 ./a.json`, 3],
  ["file among text", `${request}a\n< ./b.json\n`, 4],
  ["text behind a file", `${request}< ./b.json\na`, 3],
  ["response to a file", `${request}{}\n\n>> ./out.json`, 5],
  ["response over a file", `${request}{}\n\n>>! ./out.json`, 5],
  ["response reference", `${request}{}\n\n<> 2026-01-01.200.json`, 5],
  ["assertion", `${request}{}\n\n?? status == 200`, 5],
  ["assertion below the request line", "GET https://a.test/\n?? status == 200", 1],
  ["import", "import ./other.https\n\nGET https://a.test/", 0],
  ["run", "run #login\n\nGET https://a.test/", 0],
  ["cURL", "curl https://a.test/ \\\n  -H 'A: b'", 0],
  ["recorded response", "HTTP/1.1 200 OK\nContent-Type: text/plain\n\nGET https://a.test/", 0],
  ["GraphQL method", "GRAPHQL https://a.test/\n\nquery { a }", 0],
  ["GraphQL header", "POST https://a.test/\nX-Request-Type: GraphQL\n\n{ a }", 1],
  ["WebSocket", "WEBSOCKET wss://a.test/", 0],
  ["form on several lines", "POST https://a.test/\nContent-Type: application/x-www-form-urlencoded\n\na=1\n&b=2", 4],
  ["form with & at line ends", "POST https://a.test/\nContent-Type: application/x-www-form-urlencoded\n\na=1&\nb=2", 4],
];

describe("forms of other tools refuse the request", () => {
  for (const [label, text, line] of unsupported) {
    test(label, () => {
      const errors = parse(text).problems.filter(({ severity }) => severity === "error");
      assert.deepEqual(
        errors.map(({ code }) => code),
        ["parse.unsupported-form"],
      );
      assert.match(errors[0]?.message ?? "", /not supported yet, so the request is not sent/);
      const lines = text.slice(0, errors[0]?.range.start).split("\n");
      assert.equal(lines.length - 1, line);
    });
  }

  test("a script that never ends is an error and takes the block", () => {
    const { problems, blocks } = parse("GET https://a.test/\n\n> {%\nx\n\n### B\nGET https://b.test/");
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["parse.unsupported-form", "parse.unclosed-script"],
    );
    assert.equal(blocks[1]?.request?.url.text, "https://b.test/");
  });

  test("scripts are no body", () => {
    const body = parse(`${request}{}\n\n> {%\n  x\n%}\n`).blocks[0]?.request?.body;
    assert.equal(body?.kind === "inline" && body.content.text, "{}");
  });
});

const text: [label: string, body: string][] = [
  ["a quotation", "> a quoted line\n> another one"],
  ["a nested quotation above text", ">> quoted twice\n\nanswer"],
  ["a question", "?? what\nis this"],
  ["markup", "<a>\n<b/>\n</a>"],
  ["a lone {{", "{{\nno end"],
  ["indented lines", "start\n  < ./a\n  > ./b.js\nend"],
  ["an empty <", "<\n>\ntext"],
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
