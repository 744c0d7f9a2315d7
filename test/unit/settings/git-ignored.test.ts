import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, symlink } from "node:fs/promises";
import { test } from "node:test";
import { gitStatus } from "../../../src/settings/git-ignored.ts";
import { makeWorkspace } from "../../support/temp.ts";

const files = [
  "a/.env",
  "a/b/.env",
  "a/b/http-client.private.env.json",
  "a/b/c/.env.local",
  ".env",
  "keep/.env",
  "x y/.env",
];

/** Rules by the folder of their file, with a word for what is special about them. */
const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nothing: {},
  "a name": { "": ".env\n" },
  "a name with comment and blanks": { "": "# secrets\n\n.env  \n" },
  "a pattern": { "": "*.private.env.json\n.env*\n" },
  "the top alone": { "": "/.env\n" },
  "a path": { "": "a/b/.env\n" },
  "any depth": { "": "a/**/.env*\n" },
  "a folder": { "": "a/\n" },
  "a folder, and an exception in it that comes too late": { "": "a/\n!a/b/.env\n", "a/b": "!.env\n" },
  "an exception": { "": ".env\n!keep/.env\n" },
  "an exception below": { "": ".env\n", keep: "!.env\n" },
  "rules below": { a: ".env\n", "a/b": "/*.json\n" },
  "all but some": { "": "*\n!*/\n!.gitignore\n" },
  "in a folder with a blank": { "": "x\\ y/\n" },
  CRLF: { "": ".env\r\n*.json\r\n" },
};

test("is what Git says", async () => {
  await using home = await makeWorkspace();
  // Neither the machine's own rules nor those of whoever runs the test count.
  const previous = process.env["XDG_CONFIG_HOME"];
  process.env["XDG_CONFIG_HOME"] = home.root;
  try {
    for (const [title, rules] of Object.entries(cases)) {
      await using workspace = await makeWorkspace(Object.fromEntries(files.map((name) => [name, ""])));
      for (const [folder, text] of Object.entries(rules)) await workspace.write(`${folder}/.gitignore`, text);
      const git = (...args: string[]) =>
        execFileSync("git", ["-c", "core.excludesFile=/dev/null", ...args], { cwd: workspace.root, encoding: "utf8" });
      git("init", "--quiet");
      const untracked = new Set(
        git("-c", "core.quotePath=false", "ls-files", "-z", "--others", "--exclude-standard").split("\0"),
      );
      for (const name of files) {
        const expected = untracked.has(name) ? "not-ignored" : "ignored";
        assert.equal(await gitStatus(workspace.path(name)), expected, `${title}: ${name}`);
      }
    }
  } finally {
    if (previous === undefined) delete process.env["XDG_CONFIG_HOME"];
    else process.env["XDG_CONFIG_HOME"] = previous;
  }
});

test("takes the person's own rules and those of the working tree too, and files that are not there yet", async () => {
  await using home = await makeWorkspace({ "git/ignore": ".env\n" });
  await using workspace = await makeWorkspace({ ".git/info/exclude": "*.json\n" });
  const previous = process.env["XDG_CONFIG_HOME"];
  process.env["XDG_CONFIG_HOME"] = home.root;
  try {
    const names = [".env", "new/x.json", ".env.local"];
    const found = await Promise.all(names.map((name) => gitStatus(workspace.path(name))));
    assert.deepEqual(found, ["ignored", "ignored", "not-ignored"]);
  } finally {
    if (previous === undefined) delete process.env["XDG_CONFIG_HOME"];
    else process.env["XDG_CONFIG_HOME"] = previous;
  }
});

test("knows that there is no repository, and follows no link to rules", async () => {
  await using workspace = await makeWorkspace({ rules: "*\n" });
  assert.equal(await gitStatus(workspace.path(".env")), "no-repository");
  await mkdir(workspace.path(".git"));
  await symlink(workspace.path("rules"), workspace.path(".gitignore"));
  assert.equal(await gitStatus(workspace.path(".env")), "not-ignored");
});
