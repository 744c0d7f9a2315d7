import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "../../../src/syntax/index.ts";

interface Snippet {
  readonly prefix: string | readonly string[];
  readonly description: string;
  readonly body: string | readonly string[];
}

const path = new URL("../../../syntaxes/https.snippets.json", import.meta.url);
const snippets = Object.entries(JSON.parse(readFileSync(path, "utf8")) as Record<string, Snippet>);

/** What VS Code inserts when every placeholder is left as it is. */
function inserted({ body }: Snippet): string {
  return [body]
    .flat()
    .join("\n")
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, "$1")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/(?<!\\)\$\d/g, "")
    .replace(/\\([$\\}])/g, "$1");
}

test("every snippet gives what the parser reads without a problem", () => {
  assert.ok(snippets.length >= 9);
  for (const [name, snippet] of snippets) {
    const text = inserted(snippet);
    assert.doesNotMatch(text, /\$\{/, name);
    const isPart = /^(?:# @|\{\{)/.test(text);
    const file = parse(isPart ? `GET https://h/${text.startsWith("{{") ? text : ""}\n` : text);
    assert.deepEqual(file.problems, [], name);
    assert.notEqual(snippet.description, "", name);
  }
});

test("no two snippets have the same prefix", () => {
  const prefixes = snippets.flatMap(([, { prefix }]) => prefix);
  assert.equal(new Set(prefixes).size, prefixes.length);
});
