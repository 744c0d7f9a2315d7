import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { DocumentSymbol, Range, SelectionRange } from "vscode-languageserver-types";
import { LanguageDocument } from "../../../src/language/document.ts";
import type { LanguageHost } from "../../../src/language/host.ts";
import { requestAt, sendTargets } from "../../../src/language/index.ts";
import { definition } from "../../../src/language/navigation/definition.ts";
import { documentLinks } from "../../../src/language/navigation/document-links.ts";
import { documentSymbols } from "../../../src/language/navigation/document-symbols.ts";
import { foldingRanges } from "../../../src/language/navigation/folding-ranges.ts";
import { references } from "../../../src/language/navigation/references.ts";
import { prepareRename, rename } from "../../../src/language/navigation/rename.ts";
import { selectionRanges } from "../../../src/language/navigation/selection-ranges.ts";
import { anyText } from "../syntax/generators.ts";
import { applyEdits } from "./apply-edits.ts";
import { careless } from "./layouts.ts";
import { createMemoryHost, testUri } from "./memory-host.ts";
import { textAt } from "./navigation-helpers.ts";

/** Paths of any text have a URI here. */
const host: LanguageHost = {
  ...createMemoryHost(),
  resolveUri: (uri, path) => `${uri}/${path}`,
  imported: () => Promise.resolve(undefined),
};

const names = fc.constantFrom(
  "{{a}}",
  "{{ login.response.status }}",
  "@a = 1\n",
  "# @name login\n",
  "# @ref login\n",
  "run #login (@a = 1)\n",
  "",
);
const withNames = fc
  .tuple(fc.oneof(anyText, careless), fc.array(fc.tuple(fc.nat(), names), { maxLength: 5 }))
  .map(([text, inserted]) =>
    inserted.reduce((all, [at, name]) => {
      const offset = at % (all.length + 1);
      return all.slice(0, offset) + name + all.slice(offset);
    }, text),
  );

function open(text: string): LanguageDocument {
  return new LanguageDocument(testUri, 1, text);
}

function assertInText({ lines }: LanguageDocument, { start, end }: Range): void {
  for (const position of [start, end]) assert.deepEqual(lines.positionAt(lines.offsetAt(position)), position);
  assert.ok(lines.offsetAt(start) <= lines.offsetAt(end));
}

function holds({ lines }: LanguageDocument, outer: Range, inner: Range): boolean {
  return (
    lines.offsetAt(outer.start) <= lines.offsetAt(inner.start) && lines.offsetAt(inner.end) <= lines.offsetAt(outer.end)
  );
}

function assertSymbol(
  document: LanguageDocument,
  { name, range, selectionRange, children = [] }: DocumentSymbol,
): void {
  assert.notEqual(name, "");
  assertInText(document, range);
  assert.ok(holds(document, range, selectionRange), "the selected range is inside");
  for (const child of children) {
    assert.ok(holds(document, range, child.range), "children are inside");
    assertSymbol(document, child);
  }
}

describe("for any text", () => {
  test("structures have places inside the text and nest", () => {
    fc.assert(
      fc.property(withNames, (text) => {
        const document = open(text);
        for (const { range, block } of sendTargets(document.file)) {
          assert.equal(requestAt(document.file, range.start), block);
        }
        for (const symbol of documentSymbols(document)) assertSymbol(document, symbol);
        const starts = new Set<number>();
        for (const { startLine, endLine } of foldingRanges(document)) {
          assert.ok(startLine < endLine && endLine < document.lines.lineCount && !starts.has(startLine));
          starts.add(startLine);
        }
        for (const { range, target } of documentLinks(document, host)) {
          assertInText(document, range);
          assert.ok(target && range.start.line === range.end.line);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test("selections grow around each position", () => {
    fc.assert(
      fc.property(withNames, fc.nat(300), (text, offset) => {
        const document = open(text);
        const position = document.lines.positionAt(offset);
        let [selection]: (SelectionRange | undefined)[] = selectionRanges(document, [position]);
        let inner: Range = { start: position, end: position };
        for (; selection; selection = selection.parent) {
          assertInText(document, selection.range);
          assert.ok(holds(document, selection.range, inner));
          inner = selection.range;
        }
        assert.equal(textAt(document, inner), text);
      }),
      { numRuns: 1500 },
    );
  });

  test("names are found at any offset, and each use leads to a place that leads back", async () => {
    await fc.assert(
      fc.asyncProperty(withNames, fc.nat(300), async (text, offset) => {
        const document = open(text);
        const position = document.lines.positionAt(offset);
        const found = await definition(document, position, host);
        const uses = await references(document, position, false, host);
        for (const { range } of uses) {
          assertInText(document, range);
          assert.deepEqual(await definition(document, range.start, host), found);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test("renaming there and back changes nothing", () => {
    fc.assert(
      fc.property(withNames, fc.nat(300), (text, offset) => {
        const document = open(text);
        const position = document.lines.positionAt(offset);
        const old = prepareRename(document, position);
        const there = rename(document, position, "renamed-1");
        assert.ok(old || !there, "what is renamed was offered");
        if (!old || !there) return;
        const changed = open(applyEdits(document, there.changes?.[testUri] ?? []));
        const [first] = there.changes?.[testUri] ?? [];
        assert.ok(first);
        const back = rename(changed, first.range.start, old.placeholder);
        assert.ok(back, `"${old.placeholder}" is a name`);
        assert.equal(applyEdits(changed, back.changes?.[testUri] ?? []), text);
      }),
      { numRuns: 1500 },
    );
  });
});
