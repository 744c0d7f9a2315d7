import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";

const src = resolve(import.meta.dirname, "../../src");

/** Who may import whom, types included. A folder may always import itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  common: [],
  syntax: ["common"],
  settings: ["common"],
  secrets: ["settings", "common"],
  language: ["syntax", "settings", "secrets", "common"],
  resolve: ["syntax", "settings", "secrets", "common"],
  transport: ["settings", "common"],
  runner: ["resolve", "transport", "syntax", "secrets", "settings", "common"],
  protocol: ["runner", "transport", "secrets", "common"],
  engine: ["runner", "protocol", "transport", "secrets", "settings", "common"],
  webview: ["protocol", "common"],
  cli: ["engine", "certs", "protocol", "syntax", "language", "settings", "secrets", "common"],
  extension: ["engine", "demo", "certs", "protocol", "syntax", "language", "settings", "secrets", "common"],
  certs: ["settings", "common"],
  demo: ["certs", "common"],
  tools: ["demo", "protocol", "common"],
};

const withoutNode = new Set(["common", "syntax", "language", "webview"]);
const onlyIn: Readonly<Record<string, string>> = { vscode: "extension", undici: "transport" };

/** The bundles that are loaded at run time: nothing but their types may be imported in the ordinary way. */
const loadedLater = ["engine", "demo", "certs"];

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

function importsOf(text: string): Import[] {
  const found: Import[] = [];
  const statements = /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/gm;
  for (const [, type, specifier, dynamic] of text.matchAll(statements)) {
    found.push({ specifier: specifier ?? dynamic ?? "", typeOnly: type !== undefined, dynamic: dynamic !== undefined });
  }
  return found;
}

/** @returns one line for each import that the layers forbid. */
function forbidden(file: string, text: string): string[] {
  const folder = relative(src, file).split("/")[0] ?? "";
  return importsOf(text).flatMap(({ specifier, typeOnly, dynamic }) => {
    const complain = (why: string) => [`${relative(src, file)} imports "${specifier}": ${why}`];
    if (!specifier.startsWith(".")) {
      const owner = onlyIn[specifier];
      if (owner && owner !== folder) return complain(`only src/${owner} may`);
      if (withoutNode.has(folder) && isBuiltin(specifier)) return complain(`src/${folder} uses no Node built-ins`);
      return [];
    }
    const target = relative(src, resolve(dirname(file), specifier)).split("/")[0] ?? "";
    if (target === folder || target === "..") return [];
    if (!allowed[folder]?.includes(target)) return complain(`src/${folder} may not import src/${target}`);
    const late = loadedLater.includes(target) && (folder === "cli" || folder === "extension");
    if (late && !typeOnly && !dynamic) return complain(`src/${target} is a bundle of its own: import() it`);
    return [];
  });
}

test("no file imports what its layer may not", async () => {
  const files = (await readdir(src, { recursive: true })).filter((name) => name.endsWith(".ts"));
  assert.ok(files.length > 50, "the source files are found");
  const problems: string[] = [];
  for (const name of files) {
    const file = join(src, name);
    problems.push(...forbidden(file, await readFile(file, "utf8")));
  }
  assert.deepEqual(problems, []);
});

test("the check itself finds each kind of forbidden import", () => {
  const cases: readonly [string, string, string][] = [
    ["common/a.ts", 'import { x } from "../syntax/index.ts";', "may not import src/syntax"],
    ["syntax/a.ts", 'import type { Stats } from "node:fs";', "no Node built-ins"],
    ["language/a.ts", 'import { join } from "path";', "no Node built-ins"],
    ["cli/a.ts", 'import * as vscode from "vscode";', "only src/extension may"],
    ["runner/a.ts", 'import { Client } from "undici";', "only src/transport may"],
    ["runner/a.ts", 'export { x } from "../protocol/x.ts";', "may not import src/protocol"],
    ["extension/a.ts", 'import {\n  createEngine,\n} from "../engine/index.ts";', "a bundle of its own"],
    ["cli/a.ts", 'const e = await import("../extension/x.ts");', "may not import src/extension"],
  ];
  for (const [file, text, expected] of cases) {
    assert.match(forbidden(join(src, file), text).join("\n"), new RegExp(expected), text);
  }
  assert.deepEqual(forbidden(join(src, "cli/a.ts"), 'const e = await import("../engine/index.ts");'), []);
  assert.deepEqual(forbidden(join(src, "cli/a.ts"), 'import type { Engine } from "../engine/contract.ts";'), []);
});
