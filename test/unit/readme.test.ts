import assert from "node:assert/strict";
import { access, readFile } from "node:fs/promises";
import { test } from "node:test";
import manifest from "../../package.json" with { type: "json" };
import { exitCodeOf } from "../../src/cli/exit-code.ts";
import { failureCodes } from "../../src/common/failure.ts";

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

test("every code of a failure is in a table, with its exit code or among those of a refused server", () => {
  const section = sectionOf("## When something fails");
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  for (const code of failureCodes) {
    const exit = code.startsWith("tls.") ? "" : ` ${exitCodeOf(code)} `;
    const row = rows.find((line) => line.includes(`\`${code}\``) && line.includes(`|${exit}`));
    assert.ok(row, code);
  }
});

test("every member of a host's entry is in the table of the settings", () => {
  const rows = sectionOf("## Settings")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|")[1] ?? "");
  const entry = manifest.contributes.configuration.properties["padlock.hosts"].additionalProperties;
  for (const member of Object.keys(entry.properties))
    assert.ok(
      rows.some((names) => names.includes(`\`${member}\``)),
      member,
    );
});

function sectionOf(heading: string): string {
  const start = readme.indexOf(`\n${heading}\n`);
  assert.ok(start >= 0, heading);
  const end = readme.indexOf("\n## ", start + 1);
  return readme.slice(start, end);
}
