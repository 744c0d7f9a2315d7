import assert from "node:assert/strict";
import { test } from "node:test";
import { listFiles, PackageManager } from "@vscode/vsce";
import { root } from "../../src/tools/steps.ts";

/** What an installed Padlock needs, and nothing else. */
const expected = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "dist/certs.js",
  "dist/cli.js",
  "dist/command-line.js",
  "dist/demo.js",
  "dist/engine.js",
  "dist/extension.js",
  "dist/language.js",
  "dist/library-json-path.js",
  "dist/library-suffixes.js",
  "dist/library-xmldom.js",
  "dist/library-xpath.js",
  "dist/on-demand.js",
  "dist/webview.css",
  "dist/webview.js",
  "media/https-file-dark.svg",
  "media/https-file-light.svg",
  "media/icon.png",
  "media/panel-failed.svg",
  "media/panel-idle.svg",
  "media/panel-ok.svg",
  "media/panel-running.svg",
  "media/panel-warning.svg",
  "media/screenshot.png",
  "package.json",
  "syntaxes/environments.schema.json",
  "syntaxes/https.snippets.json",
  "syntaxes/https.tmLanguage.json",
  "syntaxes/language-configuration.json",
];

test("the package holds the files that are needed, and no other", async () => {
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  assert.deepEqual(files.sort(), expected);
});
