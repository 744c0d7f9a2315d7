import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { LanguageDocument } from "../../../src/language/document.ts";
import { format } from "../../../src/language/format/format.ts";
import { meaningOf } from "../../../src/language/format/meaning.ts";
import { proposeChanges } from "../../../src/language/format/propose.ts";
import { applyChanges } from "../../../src/language/text-changes.ts";
import { anyText } from "../syntax/generators.ts";
import { applyEdits } from "./apply-edits.ts";
import { careless } from "./layouts.ts";
import { testUri } from "./memory-host.ts";

function formatted(text: string): string {
  const document = new LanguageDocument(testUri, 1, text);
  return applyEdits(document, format(document));
}

/** Texts by what the formatter does: before, after. */
const cases: Readonly<Record<string, readonly [string, string]>> = {
  "titles have one blank before them": ["###One\n####   Two  \n###\n", "### One\n#### Two\n###\n"],
  "one blank line stands above a separator": [
    "GET https://a.test/\n###\nGET https://b.test/\n\n\n\n### C\n",
    "GET https://a.test/\n\n###\nGET https://b.test/\n\n### C\n",
  ],
  "directives above a separator stay with it": [
    "GET https://a.test/\n\n# @name b\n### B\nGET https://b.test/\n",
    "GET https://a.test/\n\n# @name b\n### B\nGET https://b.test/\n",
  ],
  "a banner and a comment above a separator stay with it": [
    "GET https://a.test/\n\n# Users\n#####\n### Two\n#####\n",
    "GET https://a.test/\n\n# Users\n#####\n### Two\n#####\n",
  ],
  "blank lines at the start go, more than one becomes one": [
    "\n \n@a = 1\n\n\t\n\nGET https://a.test/\n\n\n",
    "@a = 1\n\nGET https://a.test/\n",
  ],
  "a final line end is added": ["GET https://a.test/", "GET https://a.test/\n"],
  "directives and definitions have single blanks": [
    "#@name   one\n//  @tag a  b\t\n@a=1  \n@b   =   {{a}}  c\n@c=\nGET https://a.test/\n",
    "# @name one\n// @tag a  b\n@a = 1\n@b = {{a}}  c\n@c =\nGET https://a.test/\n",
  ],
  "comments keep all but blanks at their end": [
    "#one   two  \n  //three\t\n# @unknown   x\n",
    "#one   two\n  //three\n# @unknown   x\n",
  ],
  "known methods are in upper case, others as written": [
    "get   https://a.test/  HTTP/1.1  \n\n###\nbrew https://a.test/\n",
    "GET https://a.test/ HTTP/1.1\n\n###\nbrew https://a.test/\n",
  ],
  "continuation lines are indented by four": [
    "  GET https://a.test/a b\n?x=1\n\t&y=2  \n  # z\n/w\n",
    "GET https://a.test/a b\n    ?x=1\n    &y=2\n  # z\n    /w\n",
  ],
  "headers have no blank before the colon and one behind": [
    "GET https://a.test/\nA:b\n  C  :   d: e # f  \nE:\n{{n}}:x\n",
    "GET https://a.test/\nA: b\nC: d: e # f\nE:\n{{n}}: x\n",
  ],
  "bodies stay, blank lines above and blanks at line ends included": [
    "POST https://a.test/\nA:b\n \n\n\n  a :  b  \n\n@x=1  \n\ttext\n\n\n\n###\n",
    "POST https://a.test/\nA: b\n\n\n\n  a :  b  \n\n@x=1  \n\ttext\n\n###\n",
  ],
  "blank lines above JSON and markup are no body": [
    'POST https://a.test/\n\n\n\n  { "a" : 1 }  \n\n###\nPOST https://a.test/\n\n\n<a>\n\n</a>\n',
    'POST https://a.test/\n\n  { "a" : 1 }  \n\n###\nPOST https://a.test/\n\n<a>\n\n</a>\n',
  ],
  "blank lines above a file are no body": [
    "POST https://a.test/\n\n\n\n< ./body.bin\n",
    "POST https://a.test/\n\n< ./body.bin\n",
  ],
  "definitions below a body are laid out": [
    "POST https://a.test/\n\ntext\n\n\n@a=1\n#@tag x\n\n### B\n",
    "POST https://a.test/\n\ntext\n\n@a = 1\n# @tag x\n\n### B\n",
  ],
  "scripts of other tools stay": [
    "GET https://a.test/\n\n\n> {%  \n\n\n  x  \n%}\n###\n",
    "GET https://a.test/\n\n> {%  \n\n\n  x  \n%}\n\n###\n",
  ],
  "cURL commands stay": [
    "#@name x\ncurl   'https://a.test' \\\n -H  'A:b'\n\n\n###B\n",
    "# @name x\ncurl   'https://a.test' \\\n -H  'A:b'\n\n### B\n",
  ],
  "a block with an error stays": [
    "###One\nget  https://a.test/\nno colon\n###Two\nget  https://b.test/\n",
    "###One\nget  https://a.test/\nno colon\n### Two\nGET https://b.test/\n",
  ],
  "line ends stay as they are, new ones are like those above": [
    "\uFEFF###A\r\nget https://a.test/\r\n###B\nA  \n",
    "\uFEFF###A\r\nget https://a.test/\r\n###B\nA  \n"
      .replace("###A", "### A")
      .replace("get", "GET")
      .replace("###B", "\r\n###B"),
  ],
  "a file of blank lines becomes empty": ["\n  \n\n", ""],
  "an empty file stays": ["", ""],
};

describe("the formatter", () => {
  for (const [label, [before, after]] of Object.entries(cases)) {
    test(label, () => assert.equal(formatted(before), after));
  }

  test("gives edits of no more than what changes", () => {
    const document = new LanguageDocument(testUri, 1, "@a =1\nGET https://a.test/\nA : b\n\ntext  \n");
    assert.deepEqual(format(document), [
      { range: { start: { line: 0, character: 4 }, end: { line: 0, character: 4 } }, newText: " " },
      { range: { start: { line: 2, character: 1 }, end: { line: 2, character: 2 } }, newText: "" },
    ]);
  });

  test("lays out large files in linear time", () => {
    const started = performance.now();
    formatted("###x\n#@name  y\nget  https://a.test/\n?q=1\nA:b\n\n{ }\n".repeat(6_000));
    formatted(`GET https://a.test/\n${"&a=1\n".repeat(60_000)}`);
    formatted("\n".repeat(300_000));
    assert.ok(performance.now() - started < 8000, `${Math.round(performance.now() - started)} ms`);
  });
});

/** What the formatter proposes is right in itself: the check before it offers the edits never has to step in. */
function assertLaidOut(text: string): void {
  const document = new LanguageDocument(testUri, 1, text);
  const result = applyChanges(text, proposeChanges(document));
  const [before, after] = [meaningOf(text), meaningOf(result)];
  assert.equal(after.said, before.said);
  assert.ok(after.problems <= before.problems);
  assert.equal(applyEdits(document, format(document)), result);
  assert.equal(formatted(result), result);
  assert.equal(withoutBlanks(result).toUpperCase(), withoutBlanks(text).toUpperCase());
}

function withoutBlanks(text: string): string {
  return text.replace(/[ \t\r\n]/g, "");
}

describe("for any file", () => {
  test("formatting changes blanks and the case of methods only, says the same, and does so once", () => {
    fc.assert(fc.property(careless, assertLaidOut), { numRuns: 2000 });
  });

  test("so it does for broken ones", () => {
    fc.assert(fc.property(anyText, assertLaidOut), { numRuns: 2000 });
  });
});
