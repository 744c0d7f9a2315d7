import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { root } from "../../src/tools/steps.ts";

const bundles = new Map<string, string>();
before(async () => {
  const folder = join(root, "dist");
  for (const name of (await readdir(folder)).filter((file) => file.endsWith(".js"))) {
    bundles.set(name, await readFile(join(folder, name), "utf8"));
  }
});

/** Each would make code of a text, or start a program. */
const forbidden: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["eval", /(?<![\w$.])eval\s*\(|globalThis\.eval/g],
  ["a child process", /child_process/g],
  ["another thread's code", /new\s+[\w$.]*Worker\s*\((?!["'`])/g],
  ["a module of a computed name", /(?<![\w$.])(?:import|require)\s*\(\s*(?!["'`)])/g],
  ["a timer with a text", /\bset(?:Timeout|Interval)\s*\(\s*["'`]/g],
  ["a native module", /process\.(?:binding|dlopen|_linkedBinding)/g],
  ["the debugger", /node:(?:inspector|repl)/g],
  // With this fixed text libraries ask for the global object.
  ["the constructor of functions", /(?<![\w$.])(?:new\s+)?Function\s*\((?!["']return this;?["']\))/g],
  ["an eval by another name", /\(0,\s*eval\)(?!\("\(function\(\) \{ return this; \}\)\(\)"\))/g],
  // With this fixed text a query is ended in time.
  ["a new context", /\.runIn(?!NewContext\(\{work:[\w$]+\},\{timeout:[\w$]+\}\))/g],
  ["a script", /\.(?:Script|SourceTextModule|compileFunction)\((?!"work\(\)"\))/g],
];

describe("what ships makes no code of a text", () => {
  it("is all of the bundles", () => {
    for (const name of ["command-line.js", "engine.js", "extension.js", "language.js", "webview.js"]) {
      assert.ok((bundles.get(name)?.length ?? 0) > 10_000, name);
    }
  });

  for (const [what, pattern] of forbidden) {
    it(`no bundle has ${what}`, () => {
      for (const [name, text] of bundles) {
        const found = [...text.matchAll(pattern)].map(({ index }) => text.slice(Math.max(0, index - 60), index + 60));
        assert.deepEqual(found, [], name);
      }
    });
  }

  it("node:vm is in the engine alone, which the command line holds too, which uses one script of it", () => {
    for (const [name, text] of bundles) {
      const uses = [/["'](?:node:)?vm["']/g, /\.Script\("work\(\)"\)/g, /\.runInNewContext\(/g];
      const expected = ["command-line.js", "engine.js"].includes(name) ? [1, 1, 1] : [0, 0, 0];
      assert.deepEqual(
        uses.map((use) => text.match(use)?.length ?? 0),
        expected,
        name,
      );
    }
  });
});
