import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { loadRawSettings, readSettings } from "../../../src/settings/index.ts";

let folder = "";

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "padlock-settings-")));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function given(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}
const load = (name = "a/b/api.https") => loadRawSettings(join(folder, name));

describe("loadRawSettings", () => {
  it("takes the nearest .vscode/settings.json above, and of it only padlock.*", async () => {
    await given({
      ".vscode/settings.json": '{ "padlock.timeout": {} }',
      "a/.vscode/settings.json":
        '\uFEFF{ "editor.tabSize": 2, /* c */ "padlock.secrets": { "T": ["h"], }, "__proto__": {}, }',
      "a/b/api.https": "",
    });
    const raw = await load();
    assert.equal(raw.root, join(folder, "a"));
    assert.equal(raw.file, join(folder, "a/.vscode/settings.json"));
    assert.deepEqual(raw.values, { "padlock.secrets": { T: ["h"] } });
    assert.equal(readSettings(raw).ok, true);
  });

  it("prefers .vscode/settings.json further up to a .code-workspace", async () => {
    await given({
      ".vscode/settings.json": "{}",
      "a/team.code-workspace": '{ "settings": { "padlock.timeout": {} } }',
    });
    assert.equal((await load()).root, folder);
  });

  it("takes the settings of a .code-workspace", async () => {
    await given({ "a/team.code-workspace": '{ "folders": [{ "path": "." }], "settings": { "padlock.timeout": {} } }' });
    const raw = await load();
    assert.deepEqual([raw.root, raw.values], [join(folder, "a"), { "padlock.timeout": {} }]);
  });

  it("refuses to choose between two workspace files with settings of ours", async () => {
    const workspace = '{ "settings": { "padlock.timeout": {} } }';
    await given({
      "a/one.code-workspace": workspace,
      "a/two.code-workspace": workspace,
      "a/three.code-workspace": "{}",
    });
    const read = readSettings(await load());
    assert.equal(!read.ok && read.error[0]?.code, "settings.unreadable");
  });

  it("without settings starts at the folder with .git, else at the file's own", async () => {
    await given({ "a/b/api.https": "" });
    assert.equal((await load()).root, join(folder, "a/b"));
    await given({ "a/.git/HEAD": "" });
    const raw = await load();
    assert.deepEqual([raw.root, raw.text, raw.values], [join(folder, "a"), undefined, {}]);
    assert.equal(readSettings(raw).ok, true);
  });

  it("carries on a file that is there but cannot be read, to be refused", async () => {
    await mkdir(join(folder, ".vscode/settings.json"), { recursive: true });
    const read = readSettings(await load());
    assert.equal(!read.ok && read.error[0]?.code, "settings.unreadable");
  });

  it("reads no file that a link puts in its place, but another settings file of the repository", async () => {
    await given({
      "b/.git/HEAD": "",
      "b/.env": "TOKEN=s3cret",
      "outside.json": "s3cret",
      "b/team/settings.json": "{}",
    });
    await mkdir(join(folder, "b/.vscode"));
    const settings = join(folder, "b/.vscode/settings.json");
    const places = ["../.env", "../../outside.json", "/dev/zero", "../team/settings.json"];
    const found: unknown[] = [];
    for (const place of places) {
      await symlink(place, settings);
      const { text, unreadable } = await load("b/api.https");
      found.push(text ?? unreadable);
      await rm(settings);
    }
    assert.deepEqual(found, [
      "it is a link to a file of another name",
      "it is a link to a file outside of the project",
      "it is a link to a file outside of the project",
      "{}",
    ]);
  });

  it("waits for no pipe", { skip: process.platform === "win32" }, async () => {
    await mkdir(join(folder, ".vscode"));
    execFileSync("sh", ["-c", 'mkfifo "$0"', join(folder, ".vscode/settings.json")]);
    assert.equal((await load()).unreadable, "it is not a regular file");
  });

  it("does not reject for text that is no settings file at all", async () => {
    for (const text of ["", "[1]", "null", "{", "[".repeat(100_000)]) {
      await given({ ".vscode/settings.json": text });
      assert.deepEqual((await load()).values, {});
    }
  });
});
