import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { TextRange } from "../../../src/common/range.ts";
import { createLineMap, parse, scanReferences } from "../../../src/syntax/index.ts";
import { assertInside, assertProblems, assertTree } from "../../support/request-file-invariants.ts";
import { anyText, mutatedTexts, printRequest, requestParts } from "./generators.ts";

function assertFile(text: string): void {
  const file = parse(text);
  assertTree(file);
  assertProblems(file);
}

const runs = { numRuns: 1500 };

describe("for any text", () => {
  test("the parser gives a tree that covers it, and problems that speak", () => {
    fc.assert(fc.property(anyText, assertFile), runs);
  });

  test("so does a text that was changed here and there", () => {
    fc.assert(fc.property(mutatedTexts, assertFile), { numRuns: 4000 });
  });

  test("the same text gives the same tree", () => {
    fc.assert(
      fc.property(anyText, (text) => assert.deepEqual(parse(text), parse(text))),
      { numRuns: 300 },
    );
  });

  test("no line with text is lost: each is part of a node, a body or a problem", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const file = parse(text);
        const taken: TextRange[] = file.problems.map((problem) => problem.range);
        for (const { separator, request, ...block } of file.blocks) {
          if (separator) taken.push(separator.range);
          const { directives, comments, variables, imports, runs, outputs, foreign } = block;
          for (const node of [...directives, ...comments, ...variables, ...imports, ...runs, ...outputs, ...foreign]) {
            taken.push(node.range);
          }
          if (request) taken.push(request.lineRange, ...request.headers.map((header) => header.range));
          if (request?.dialect === "curl") taken.push(request.range);
          if (request && request.body.kind !== "none") taken.push(request.body.range);
        }
        const map = createLineMap(text);
        for (let line = 0; line < map.lineCount; line++) {
          const start = map.offsetAt({ line, character: 0 });
          const content = map.lineText(line).replace(/[ \t\uFEFF]/g, "");
          if (content === "") continue;
          const end = start + map.lineText(line).length;
          assert.ok(
            taken.some((range) => range.start < end && range.end > start),
            `line ${line} is lost: ${JSON.stringify(map.lineText(line))}`,
          );
        }
      }),
      runs,
    );
  });

  test("references are in order, apart, and hold their text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        for (const { range, expression, name } of scanReferences(text)) {
          assert.ok(range.start >= end);
          end = range.end;
          assert.equal(text.slice(expression.range.start, expression.range.end), expression.text);
          assert.equal(text.slice(name.range.start, name.range.end), name.text);
          assert.ok(expression.text.trim() !== "" && !/[\r\n]/.test(expression.text));
          assertInside(expression.range, range, "expression");
          assertInside(name.range, expression.range, "name");
        }
      }),
      runs,
    );
  });

  test("offsets and positions are each other's inverse but inside CRLF", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const map = createLineMap(text);
        for (let offset = 0; offset <= text.length; offset++) {
          if (text[offset - 1] === "\r" && text[offset] === "\n") continue;
          assert.equal(map.offsetAt(map.positionAt(offset)), offset);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("for requests that are right", () => {
  test("reading what was printed gives them back", () => {
    fc.assert(
      fc.property(fc.array(requestParts, { minLength: 1, maxLength: 4 }), (requests) => {
        const file = parse(requests.map(printRequest).join(""));
        assert.deepEqual(
          file.problems.filter(({ severity }) => severity !== "hint"),
          [],
        );
        const read = file.blocks.map(({ name, request }) => ({
          title: name?.text,
          method: request?.method?.text,
          url: request?.url.text,
          headers: request?.headers.map(({ name: field, value }) => [field.text, value.text]),
          body: request?.body.kind === "inline" ? request.body.content.text : "",
        }));
        assert.deepEqual(read, requests);
      }),
      { numRuns: 500 },
    );
  });
});

/** Texts that cost a careless parser quadratic time. */
const hostile: Record<string, (size: number) => string> = {
  "one long line of words": (size) => "a ".repeat(size / 2),
  "one long URL": (size) => `GET https://a.test/${"a.".repeat(size / 2)}`,
  "a host of dots": (size) => `${"a.".repeat(size / 2)}@`,
  "blanks in a header": (size) => `GET https://a.test\nA${" ".repeat(size)}:${" ".repeat(size)}b`,
  "open braces in a header": (size) => `GET https://a.test\n${"{{ ".repeat(size / 3)}: x`,
  "references in a header name": (size) => `GET https://a.test\n${"{{a}}".repeat(size / 5)}: x`,
  "references in a method": (size) => `${"{{a}}".repeat(size / 5)} https://a.test`,
  "versions in a request line": (size) => `GET https://a.test${" HTTP/1.1".repeat(size / 9)}`,
  separators: (size) => "###\n".repeat(size / 4),
  "continuation lines": (size) => `GET https://a.test\n${"&a=1\n".repeat(size / 5)}`,
  "comments among continuation lines": (size) => `GET https://a.test\n${"# a\n".repeat(size / 4)}&x`,
  "unreadable lines": (size) => "x y\n".repeat(size / 4),
  "open scripts": (size) => `GET https://a.test\n\n${"> {%\n".repeat(size / 5)}`,
  "open script blocks": (size) => `GET https://a.test\n\n${"{{\n".repeat(size / 3)}`,
  "open script blocks above": (size) => "{{\n###\n".repeat(size / 7),
  "forms that may be text": (size) => `GET https://a.test\n\n${">> x\n".repeat(size / 5)}end`,
  "definitions in the tail": (size) => `GET https://a.test\n\nx\n${"@a = 1\n\n".repeat(size / 8)}`,
  "directives above separators": (size) => `GET https://a.test\n\n${"# @tag a\n\n###\n".repeat(size / 14)}`,
  "comments below a body": (size) => `GET https://a.test\n\nx\n${"# c\n".repeat(size / 4)}# @tag x\n###`,
  "scripts that end inside a line": (size) => `GET https://a.test\n\n${"> {%\na %} b\n".repeat(size / 12)}`,
  "fragments below the request line": (size) => `GET https://a.test\n${"  #a\n".repeat(size / 5)}`,
  "recorded responses": (size) => "HTTP/1.1 200 OK\n\n".repeat(size / 17),
  "requests without separators": (size) => "GET https://a.test\n# c\n\n".repeat(size / 24),
  "files in a body": (size) => `POST https://a.test\n\n${"< a\n".repeat(size / 4)}`,
  "a long directive": (size) => `# @${"a".repeat(size)}\n# @assert ${"body.$[".repeat(size / 8)}`,
  "lists of an assertion": (size) => `# @assert status one-of [${"1, ".repeat(size / 3)}`,
  "arguments of a run": (size) => `run #a (${"@a = 1, ".repeat(size / 8)}`,
  "words of a cURL command": (size) => `curl ${"$a ; ".repeat(size / 5)}`,
  "data of a cURL command": (size) => `curl -G a.test ${"-d a -F b=c -H d ".repeat(size / 17)}`,
  "references in a cURL header": (size) => `curl a.test -H '${"{{a}}".repeat(size / 5)}'`,
  "a password of a cURL command": (size) => `curl a.test -u a:${"b".repeat(size)}`,
  "quotes of a cURL command": (size) => `curl a.test ${`"'" `.repeat(size / 4)}`,
  "open block comments": (size) => "/*\n".repeat(size / 3),
  "carriage returns": (size) => "\r".repeat(size),
};

describe("a megabyte is read in linear time", () => {
  for (const [label, make] of Object.entries(hostile)) {
    test(label, () => {
      const text = make(1_000_000);
      const started = performance.now();
      parse(text);
      scanReferences(text);
      // Linear work takes tens of milliseconds; a quadratic step takes minutes.
      assert.ok(performance.now() - started < 4000, `${Math.round(performance.now() - started)} ms`);
    });
  }
});
