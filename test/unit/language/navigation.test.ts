import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  type DocumentSymbol,
  diagnostics,
  documentSymbols,
  foldingRanges,
  requestAt,
  sendTargets,
} from "../../../src/language/index.ts";
import { createLineMap, parse } from "../../../src/syntax/index.ts";
import { anyText } from "../syntax/generators.ts";
import { marked } from "./marked.ts";

describe("send targets", () => {
  test("stand on the request lines and carry the title", () => {
    const { file, marks } = marked(
      "@a = 1\n###\n«https://a.test»\n### Two\n# text\n\n«POST https://b.test\n  ?q=1»\nA: b\n### Three",
    );
    assert.deepEqual(sendTargets(file), [
      { block: 1, range: marks[0], title: "GET https://a.test" },
      { block: 2, range: marks[1], title: "Two" },
    ]);
  });
});

describe("request at the cursor", () => {
  test("is the one whose block holds it", () => {
    const { file, cursors } = marked(
      "|@a = 1\n|###| One\n# text|\nGET https://a.test\n\n|body\n\n|# @name two\n### Two\nGET https://b.test|",
    );
    assert.deepEqual(
      cursors.map((cursor) => requestAt(file, cursor)),
      [undefined, 1, 1, 1, 1, 2, 2],
    );
  });
});

describe("document symbols", () => {
  test("are requests, titles and variables", () => {
    const { file, text, marks } = marked(
      "@host = a.test\n\n### Section\n\n### «One»\n@id = 1\nGET https://{{host}}/{{id}}\n\n###\n«put b.test»\n",
    );
    const shape = ({ name, detail, kind, children }: DocumentSymbol): unknown[] => [
      name,
      detail,
      kind,
      children.map(shape),
    ];
    const symbols = documentSymbols(file);
    assert.deepEqual(symbols.map(shape), [
      ["host", "a.test", "variable", []],
      ["Section", "", "section", []],
      ["One", "GET https://{{host}}/{{id}}", "request", [["id", "1", "variable", []]]],
      ["put b.test", "", "request", []],
    ]);
    assert.deepEqual(symbols[2]?.selectionRange, marks[0]);
    assert.deepEqual(symbols[3]?.selectionRange, marks[1]);
    assert.equal(text.slice(symbols[2]?.range.start, symbols[2]?.range.end).endsWith("{{id}}"), true);
  });
});

describe("folding ranges", () => {
  test("are blocks, runs of comments and what bodies indent", () => {
    const { file } = marked(
      [
        "# a",
        "# b",
        "",
        "### One",
        "POST https://a.test",
        "",
        "{",
        '  "a": [',
        "    1",
        "  ]",
        "}",
        "",
        "",
        "### Two",
      ].join("\n"),
    );
    assert.deepEqual(
      foldingRanges(file).map(({ startLine, endLine, kind }) => [kind, startLine, endLine]),
      [
        ["comment", 0, 1],
        ["block", 3, 10],
        ["body", 7, 8],
        ["body", 6, 9],
      ],
    );
  });
});

describe("for any text", () => {
  test("every feature answers with places inside the text", () => {
    fc.assert(
      fc.property(anyText, fc.nat(250), (text, offset) => {
        const file = parse(text);
        const lines = createLineMap(text);
        const inText = ({ start, end }: { start: number; end: number }) =>
          0 <= start && start <= end && end <= text.length;
        assert.ok(diagnostics(file).every(({ range, message }) => inText(range) && message !== ""));
        const targets = sendTargets(file);
        assert.ok(targets.every(({ range, block }) => inText(range) && file.blocks[block]?.request));
        for (const { range, block } of targets) assert.equal(requestAt(file, range.start), block);
        const checkSymbol = (symbol: DocumentSymbol) => {
          assert.ok(inText(symbol.range) && symbol.name !== "");
          assert.ok(symbol.range.start <= symbol.selectionRange.start && symbol.selectionRange.end <= symbol.range.end);
          symbol.children.forEach(checkSymbol);
        };
        documentSymbols(file).forEach(checkSymbol);
        for (const { startLine, endLine } of foldingRanges(file)) {
          assert.ok(startLine < endLine && endLine < lines.lineCount);
        }
        const at = requestAt(file, offset);
        assert.ok(at === undefined || file.blocks[at]?.request);
      }),
      { numRuns: 1000 },
    );
  });
});
