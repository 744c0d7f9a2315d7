import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { createLineMap, parse, type RequestBlock, scanReferences } from "../../../src/syntax/index.ts";
import { anyText, printRequest, requestParts } from "./generators.ts";

interface Range {
  readonly start: number;
  readonly end: number;
}

function assertInside(inner: Range, outer: Range, what: string): void {
  assert.ok(inner.start <= inner.end, `${what} ends before it starts`);
  assert.ok(outer.start <= inner.start && inner.end <= outer.end, `${what} sticks out`);
}

/** Every object below `node` with a range lies in the nearest one above it; spans hold the text of their range. */
function assertTree(node: unknown, outer: Range, text: string): void {
  if (Array.isArray(node)) for (const item of node) assertTree(item, outer, text);
  if (typeof node !== "object" || node === null || Array.isArray(node)) return;
  let range = outer;
  if ("range" in node) {
    range = node.range as Range;
    assertInside(range, outer, JSON.stringify(node).slice(0, 80));
    if ("text" in node && typeof node.text === "string" && !("pieces" in node)) {
      assert.equal(node.text, text.slice(range.start, range.end));
    }
  }
  for (const value of Object.values(node)) assertTree(value, range, text);
}

/** `block.name` points into the block, so the tree walk covers it too; the file's own text is not walked. */
function assertBlock(block: RequestBlock, file: Range, text: string): void {
  assertTree(block, file, text);
  const { request } = block;
  if (!request) return;
  assertInside(request.lineRange, request.range, "request line");
  assert.equal(request.url.text, request.url.pieces.map((piece) => piece.text).join(""));
}

const runs = { numRuns: 1500 };

describe("for any text", () => {
  test("the parser gives a tree that covers it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const file = parse(text);
        assert.deepEqual(file.range, { start: 0, end: text.length });
        let end = 0;
        for (const block of file.blocks) {
          assert.equal(block.range.start, end);
          end = block.range.end;
          assertBlock(block, file.range, text);
        }
        assert.equal(end, text.length);
      }),
      runs,
    );
  });

  test("problems are in the text, in order, and speak", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let start = 0;
        for (const problem of parse(text).problems) {
          assertInside(problem.range, { start: 0, end: text.length }, problem.code);
          assert.ok(problem.range.start >= start);
          start = problem.range.start;
          assert.match(problem.code, /^parse\.[a-z-]+$/);
          assert.ok(problem.message.length > 20 && !problem.message.includes("\n"));
        }
      }),
      runs,
    );
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
        const taken: Range[] = file.problems.map((problem) => problem.range);
        for (const { separator, directives, comments, variables, request } of file.blocks) {
          if (separator) taken.push(separator.range);
          for (const node of [...directives, ...comments, ...variables]) taken.push(node.range);
          if (request) taken.push(request.lineRange, ...request.headers.map((header) => header.range));
          if (request && request.body.kind !== "none") taken.push(request.body.range);
        }
        const map = createLineMap(text);
        // A block with a script or form error is refused whole: the lines inside the form belong to that problem.
        const refused = file.blocks.filter((block) =>
          file.problems.some(
            ({ code, range }) =>
              code === "parse.unsupported-form" && range.start >= block.range.start && range.end <= block.range.end,
          ),
        );
        for (let line = 0; line < map.lineCount; line++) {
          const start = map.offsetAt({ line, character: 0 });
          const content = map.lineText(line).replace(/[ \t\uFEFF]/g, "");
          if (content === "" || refused.some(({ range }) => range.start <= start && start < range.end)) continue;
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
        assert.deepEqual(file.problems, []);
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
