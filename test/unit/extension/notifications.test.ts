import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { plain } from "../../../src/extension/text.ts";

const folder = resolve(import.meta.dirname, "../../../src/extension");

/** `show…Message(…)`, `setStatusBarMessage(…)` and the `tell(…)` that stands for them, with what each is given. */
const calls = /\b(?:show(?:Information|Warning|Error)Message|setStatusBarMessage|tell)\(\s*([^;]*?)\);/gs;

/** What VS Code gets that is neither a text of ours alone nor made plain; with the reason why it may. */
const allowed: Readonly<Record<string, string>> = {
  "register-commands.ts: title": "the title of a command of ours, from the manifest",
};

/** @returns one line for each part of a notification that may be somebody else's words. */
function rawParts(file: string, text: string): string[] {
  return [...text.matchAll(calls)].flatMap(([, given = ""]) => {
    const parts = given.includes("`")
      ? [...given.matchAll(/\$\{((?:[^{}`]|`[^`]*`)*)\}/g)].map(([, part = ""]) => part)
      : [];
    return parts.filter((part) => !part.startsWith("plain(")).map((part) => `${file}: ${part}`);
  });
}

test("no notification and no status bar message holds the words of a file or a server as they are", async () => {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const texts = await Promise.all(
    files.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const),
  );
  assert.ok(
    texts.some(([, text]) => [...text.matchAll(calls)].length > 3),
    "calls are found",
  );
  const raw = texts.flatMap(([name, text]) => rawParts(name, text));
  assert.deepEqual(raw, Object.keys(allowed));
});

test("the check itself finds a raw part", () => {
  assert.deepEqual(rawParts("a.ts", `return tell(\`Sent \${name} to \${plain(host)}.\`);`), ["a.ts: name"]);
  assert.deepEqual(rawParts("a.ts", `window.setStatusBarMessage(\`Moved \${plain(\`a \${b}\`)}\`, 3000);`), []);
});

test("plain words are short, hide nothing, and are neither an icon nor a link", () => {
  assert.equal(plain("$(trash) a\u202eb\n"), "$ (trash) a\\u{202e}b\\u{a}");
  assert.equal(plain("[Click](command:workbench.action.quit)"), "[Click] (command:workbench.action.quit)");
  assert.equal(plain("x".repeat(1000)).length, 80);
});
