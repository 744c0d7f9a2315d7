import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../src/tools/steps.ts";

const limits: Readonly<Record<string, number>> = {
  // All that activation loads, when a .https file is opened.
  "extension.js": 250_000,
  // Loaded behind the activation.
  "language.js": 350_000,
  // Loaded at the first send.
  "engine.js": 1_300_000,
};

for (const [name, limit] of Object.entries(limits)) {
  test(`${name} is under ${limit / 1000} KB`, async () => {
    const { size } = await stat(join(root, "dist", name));
    assert.ok(size < limit, `${size} bytes`);
  });
}

test("the extension's bundle holds neither undici, the demo nor the rules of the language: they are bundles of their own", async () => {
  const text = await readFile(join(root, "dist", "extension.js"), "utf8");
  assert.match(text, /import\("\.\/engine\.js"\)|require\("\.\/engine\.js"\)/);
  assert.match(text, /import\("\.\/demo\.js"\)|require\("\.\/demo\.js"\)/);
  assert.match(text, /import\("\.\/on-demand\.js"\)|require\("\.\/on-demand\.js"\)/);
  assert.match(text, /import\("\.\/language\.js"\)|require\("\.\/language\.js"\)/);
  assert.doesNotMatch(text, /UND_ERR_|createSecureContext|request\.plain-http/);
});

test("the language service's bundle needs nothing of Node", async () => {
  const text = await readFile(join(root, "dist", "language.js"), "utf8");
  assert.doesNotMatch(text, /(?:require|import)\("(?:node:|fs"|path")/);
});
