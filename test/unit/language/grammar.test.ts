import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, describe, test } from "node:test";
import fc from "fast-check";
import type { IGrammar, IRawGrammar } from "vscode-textmate";
import { createLineMap, directiveFacts, knownMethods, parse } from "../../../src/syntax/index.ts";
import { printRequest, requestParts } from "../syntax/generators.ts";

const require = createRequire(import.meta.url);
const oniguruma: typeof import("vscode-oniguruma") = require("vscode-oniguruma");
const textmate: typeof import("vscode-textmate") = require("vscode-textmate");

const root = new URL("../../../", import.meta.url);
const grammarFiles: Readonly<Record<string, string>> = {
  "source.https": "syntaxes/https.tmLanguage.json",
  "source.json": "test/grammar/json-stub.tmLanguage.json",
  "source.js": "test/grammar/js-stub.tmLanguage.json",
  "text.xml": "test/grammar/xml-stub.tmLanguage.json",
};

let grammarText: string;
let grammar: IGrammar;

async function readGrammar(scope: string): Promise<IRawGrammar | null> {
  const path = grammarFiles[scope];
  return path === undefined ? null : textmate.parseRawGrammar(await readFile(new URL(path, root), "utf8"), path);
}

before(async () => {
  grammarText = await readFile(new URL("syntaxes/https.tmLanguage.json", root), "utf8");
  await oniguruma.loadWASM(await readFile(require.resolve("vscode-oniguruma/release/onig.wasm")));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: readGrammar,
  });
  const loaded = await registry.loadGrammar("source.https");
  assert.ok(loaded);
  grammar = loaded;
});

/** Gives the scopes at an offset. */
function tokenize(text: string): (offset: number) => string {
  const map = createLineMap(text);
  let state = textmate.INITIAL;
  const lines = Array.from({ length: map.lineCount }, (_, line) => {
    const result = grammar.tokenizeLine(map.lineText(line), state);
    state = result.ruleStack;
    return result.tokens;
  });
  return (offset) => {
    const { line, character } = map.positionAt(offset);
    const token = lines[line]?.find(({ startIndex, endIndex }) => startIndex <= character && character < endIndex);
    return token?.scopes.join(" ") ?? "";
  };
}

describe("the grammar", () => {
  test("knows the parser's methods and directives", () => {
    const alternatives = new Set(grammarText.match(/[A-Za-z][A-Za-z-]*/g));
    for (const method of knownMethods) assert.ok(alternatives.has(method), method);
    for (const directive of directiveFacts.keys()) assert.ok(alternatives.has(directive), directive);
  });

  test("agrees with the parser about separators, request lines, headers and bodies", () => {
    fc.assert(
      fc.property(fc.array(requestParts, { minLength: 1, maxLength: 4 }), (requests) => {
        const text = requests.map(printRequest).join("");
        const scopes = tokenize(text);
        for (const { separator, request } of parse(text).blocks) {
          assert.ok(separator && request);
          assert.match(scopes(separator.range.start), /markup\.heading/);
          assert.match(scopes(request.url.range.start), /string\.unquoted\.url/);
          if (request.method) assert.match(scopes(request.method.range.start), /keyword\.control\.method/);
          for (const { name, value } of request.headers) {
            assert.match(scopes(name.range.start), /property-name\.header/);
            if (value.text !== "") assert.match(scopes(value.range.start), /header-value/);
          }
          if (request.body.kind === "none") continue;
          const { range } = request.body;
          const first = range.start + text.slice(range.start).search(/\S/);
          assert.match(scopes(first), /meta\.body/);
          assert.doesNotMatch(scopes(range.end - 1), /comment|property-name\.header|markup/);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("a separator ends whatever stands open above it", () => {
    for (const open of ['{ "a', "<a b='", 'query { a(b: """', "--b\n\n[", "a={{b", "> {%\n`", "HTTP/1.1 200 OK\n{"]) {
      const text = `POST https://a.test\n\n${open}\n### next\nGET https://b.test\n`;
      const scopes = tokenize(text);
      assert.match(scopes(text.indexOf("###")), /^source\.https markup\.heading/, open);
      assert.match(scopes(text.indexOf("GET")), /keyword\.control\.method/, open);
    }
    for (const open of ["curl 'a", "< {%\n`", "{{\n`", "HTTP/1.1 200 OK", "--{%"]) {
      assert.match(tokenize(`${open}\n### next\n`)(open.length + 1), /^source\.https markup\.heading/, open);
    }
  });

  test("no rule needs more than linear time on a long line", () => {
    const heads = [
      "",
      "GET https://h",
      "GET https://h\n",
      "GET https://h\nA: b",
      "GET https://h\n\n",
      "GET https://h\n\na=b\n",
    ];
    const more = [
      "curl ",
      "curl '",
      "# @assert ",
      "# @capture ",
      "# @name ",
      "@a = ",
      "run #a (",
      "import ",
      "?? ",
      "> {% ",
    ];
    for (const head of [...heads, ...more]) {
      for (const unit of [" ", "a", "a.", "/", "@", "%}"]) {
        const text = `${head}${unit.repeat(50_000 / unit.length)}!`;
        const start = performance.now();
        tokenize(text);
        // Quadratic rules take minutes here.
        assert.ok(performance.now() - start < 5_000, JSON.stringify([head, unit]));
      }
    }
  });
});
