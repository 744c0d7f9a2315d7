import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DocumentSymbol } from "vscode-languageserver-types";
import { SymbolKind } from "vscode-languageserver-types";
import { requestAt, sendTargets } from "../../../src/language/index.ts";
import { documentLinks } from "../../../src/language/navigation/document-links.ts";
import { documentSymbols } from "../../../src/language/navigation/document-symbols.ts";
import { foldingRanges } from "../../../src/language/navigation/folding-ranges.ts";
import { selectionRanges } from "../../../src/language/navigation/selection-ranges.ts";
import { marked } from "./marked.ts";
import { createMemoryHost } from "./memory-host.ts";
import { cursor, open, textAt } from "./navigation-helpers.ts";

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

  test("are blocks of nothing but run lines too", () => {
    const { file, marks, cursors } = marked(
      "### a\n# @name login\nGET https://a.test\n###\n«run #login»\nrun ./b.https|\n### All\n«run ./c.https #one»",
    );
    assert.deepEqual(sendTargets(file).slice(1), [
      { block: 1, range: marks[0], title: "run #login, run ./b.https" },
      { block: 2, range: marks[1], title: "All" },
    ]);
    assert.equal(requestAt(file, cursors[0] ?? -1), 1);
  });
});

describe("request at the cursor", () => {
  test("is the one whose block holds it", () => {
    const { file, cursors } = marked(
      "|@a = 1\n|###| One\n# text|\nGET https://a.test\n\n|body\n\n|# @name two\n### Two\nGET https://b.test|",
    );
    assert.deepEqual(
      cursors.map((offset) => requestAt(file, offset)),
      [undefined, 1, 1, 1, 1, 2, 2],
    );
  });
});

describe("document symbols", () => {
  test("are requests, titles and variables", () => {
    const opened = open(
      "@host = a.test\n\n### Section\n\n### «One»\n@id = 1\nGET https://{{host}}/{{id}}\n\n###\n«put b.test»\n\n###\n«run #One»\n",
    );
    const shape = ({ name, detail, kind, children }: DocumentSymbol): unknown[] => [
      name,
      detail,
      kind,
      children?.map(shape),
    ];
    const symbols = documentSymbols(opened.document);
    assert.deepEqual(symbols.map(shape), [
      ["host", "a.test", SymbolKind.Variable, []],
      ["Section", "", SymbolKind.Namespace, []],
      ["One", "GET https://{{host}}/{{id}}", SymbolKind.Function, [["id", "1", SymbolKind.Variable, []]]],
      ["put b.test", "", SymbolKind.Function, []],
      ["run #One", "", SymbolKind.Function, []],
    ]);
    const selected = symbols.slice(2).map(({ selectionRange }) => textAt(opened.document, selectionRange));
    assert.deepEqual(selected, ["One", "put b.test", "run #One"]);
    const [, , one] = symbols;
    assert.ok(one && textAt(opened.document, one.range).endsWith("{{id}}"));
  });
});

function folds(lines: readonly string[]): string[] {
  const { document } = open(lines.join("\n"));
  return foldingRanges(document).map(
    ({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ""}`,
  );
}

describe("folding ranges", () => {
  test("are blocks, runs of comments and nested JSON", () => {
    const lines = ["# a", "# b", "", "### One", "POST https://a.test", "", "{", '"a": [', "1,", '{ "x": "]"', "}", "]"];
    assert.deepEqual(folds([...lines, "}", "", "", "### Two"]), ["0-1 comment", "3-12 region", "6-11", "7-10"]);
  });

  test("are nested XML and comments in it", () => {
    const lines = [
      "### One",
      "POST https://a.test",
      "",
      "<a>",
      "<b x='1'>",
      "text",
      "</b>",
      "<c/>",
      "<!--",
      "b",
      "-->",
    ];
    assert.deepEqual(folds([...lines, "<br>", "</a>"]), ["0-12 region", "3-11", "4-5", "8-9"]);
  });

  test("follow the indentation of other bodies", () => {
    const lines = ["### One", "POST https://a.test", "", "a:", "  b:", "    - c", "  d: e", "f: g"];
    assert.deepEqual(folds(lines), ["0-7 region", "3-6", "4-5"]);
  });

  test("are header groups, imports, scripts of other tools and cURL commands", () => {
    assert.deepEqual(
      folds(["import ./a.https", "import ./b.https", "", "### One", "GET https://a.test", "A: b", "C: d"]),
      ["0-1 imports", "3-6 region", "5-6"],
    );
    assert.deepEqual(folds(["### One", "GET https://a.test", "", "> {%", "x()", "%}"]), ["0-5 region", "3-5"]);
    assert.deepEqual(folds(["### One", "# text", "curl https://a.test \\", "  -H 'A: b'"]), ["0-3 region", "2-3"]);
  });
});

describe("document links", () => {
  const linksOf = (source: string) => {
    const { document } = open(source);
    return documentLinks(document, createMemoryHost()).map(({ range, target, tooltip }) => [
      textAt(document, range),
      target,
      tooltip,
    ]);
  };

  test("are body files, imports, files of run lines and URLs", () => {
    assert.deepEqual(
      linksOf("import ./all.https\n\n### One\nPOST https://a.test/x\n\n< ./b.json\n\n### Two\nrun ./sub/c.https #d\n"),
      [
        ["./all.https", "file:///project/all.https", "Open the imported file"],
        ["https://a.test/x", "https://a.test/x", "Open in the browser"],
        ["./b.json", "file:///project/b.json", "Open the body file"],
        ["./sub/c.https", "file:///project/sub/c.https", "Open the file with the requests"],
      ],
    );
  });

  test("end with the first line of an argument on several lines", () => {
    assert.deepEqual(
      linksOf("curl https://a.test --cacert 'a\nb'\n").map(([text]) => text),
      ["https://a.test", "'a"],
    );
  });

  test("are files between other text, and what no scheme means https for", () => {
    assert.deepEqual(linksOf("POST a.test:8443/x\n  ?q=1\n\ntext\n<@ ./b.txt\nmore\n"), [
      ["a.test:8443/x", "https://a.test:8443/x?q=1", "Open in the browser"],
      ["./b.txt", "file:///project/b.txt", "Open the body file"],
    ]);
  });

  test("leave out what is only known when the request is sent", () => {
    assert.deepEqual(linksOf("POST https://{{host}}/\n\n< ./{{name}}.json\n"), []);
    assert.deepEqual(linksOf("POST /path\nHost: a.test\n\ntext\n"), []);
  });
});

describe("selection ranges", () => {
  const grown = (source: string): string[] => {
    const opened = open(source);
    const texts: string[] = [];
    let [range] = selectionRanges(opened.document, [cursor(opened)]);
    for (; range; range = range.parent) texts.push(textAt(opened.document, range.range));
    return texts;
  };

  test("grow from the word to the file through a header", () => {
    const header = "Authorization: Bearer {{ token }}";
    const request = `GET https://a.test\nA: b\n${header}`;
    assert.deepEqual(grown(`@x = 1\n### T\n${request.replace("token", "to|ken")}\n\n### U\n`), [
      "token",
      "{{ token }}",
      "Bearer {{ token }}",
      header,
      `A: b\n${header}`,
      request,
      `### T\n${request}\n\n`,
      `@x = 1\n### T\n${request}\n\n### U\n`,
    ]);
  });

  test("know the parts of a URL", () => {
    assert.deepEqual(grown("GET https://a.test/one?first=1&sec|ond=2 HTTP/1.1\n\n").slice(0, 6), [
      "second",
      "second=2",
      "first=1&second=2",
      "https://a.test/one?first=1&second=2",
      "GET https://a.test/one?first=1&second=2 HTTP/1.1",
      "GET https://a.test/one?first=1&second=2 HTTP/1.1\n\n",
    ]);
  });

  test("know the elements of a JSON body", () => {
    const body = '{ "a": [1, { "b": "x y" }], "c": {{d}} }';
    assert.deepEqual(grown(`POST https://a.test\n\n${body.replace("x y", "x| y")}\n`).slice(0, 9), [
      "x",
      '"x y"',
      '"b": "x y"',
      '{ "b": "x y" }',
      '1, { "b": "x y" }',
      '[1, { "b": "x y" }]',
      '"a": [1, { "b": "x y" }]',
      '"a": [1, { "b": "x y" }], "c": {{d}}',
      body,
    ]);
  });

  test("know the elements of an XML body", () => {
    assert.deepEqual(grown("POST https://a.test\n\n<a><b>o|ne two</b><c/></a>\n").slice(0, 5), [
      "one",
      "one two",
      "<b>one two</b>",
      "<b>one two</b><c/>",
      "<a><b>one two</b><c/></a>",
    ]);
  });

  test("know directives and variables", () => {
    assert.deepEqual(grown("# @timeout 5|s\n@a = 1\n").slice(0, 2), ["5s", "# @timeout 5s"]);
    assert.deepEqual(grown("@base = https://{{ho|st}}/x\n").slice(0, 4), [
      "host",
      "{{host}}",
      "https://{{host}}/x",
      "@base = https://{{host}}/x",
    ]);
  });
});
