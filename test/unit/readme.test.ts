import assert from "node:assert/strict";
import { access, readFile } from "node:fs/promises";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);
const readme = await readFile(new URL("README.md", root), "utf8");
const prose = readme.replace(/^```[\s\S]*?^```$/gm, "");
const targets = [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = ""]) => target);

/** As GitHub and VS Code name the anchors of headings. */
const anchors = new Set([
  ...[...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\d\s-]/gu, "")
      .replaceAll(" ", "-"),
  ),
  ...[...prose.matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id),
]);

test("every link of the README leads to a heading or a file that is there", async () => {
  assert.ok(targets.length > 50);
  for (const target of targets) {
    if (target.startsWith("#")) assert.ok(anchors.has(target.slice(1)), target);
    else await access(new URL(target, root));
  }
});

test("every heading of the second level is in the table of contents", () => {
  const contents = prose.slice(0, prose.indexOf("\n## "));
  const headings = [...prose.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => heading);
  assert.deepEqual(
    headings.filter((heading) => !contents.includes(`[${heading.replace(/:.*/, "")}](`)),
    [],
  );
});
