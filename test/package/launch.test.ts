import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { root } from "../../src/tools/steps.ts";
import { makeWorkspace, type TempWorkspace } from "../support/temp.ts";
import { treeOf } from "../support/tree.ts";

const run = promisify(execFile);

function version(cache: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const { PATH = "" } = process.env;
  const environment = { PATH, XDG_CACHE_HOME: cache, HOME: cache };
  return run(process.execPath, [join(root, "dist/cli.js"), "--version"], { env: environment });
}

async function compiled({ path }: TempWorkspace): Promise<string[]> {
  return readdir(path("cache/padlock/compiled/help"));
}

describe("dist/cli.js", () => {
  it("keeps the compiled program for the next start, for nobody else to read", async () => {
    await using machine = await makeWorkspace();
    const first = await version(machine.path("cache"));
    assert.match(first.stdout, /^\d+\.\d+\.\d+\n$/);
    const made = await treeOf(machine.root);
    assert.equal((await compiled(machine)).length, 1);
    assert.equal(made["cache/padlock/compiled/help"], "folder 700");
    const files = Object.values(made).filter((entry) => !entry.startsWith("folder"));
    assert.deepEqual(
      files.filter((entry) => !entry.startsWith("file 600")),
      [],
    );
    assert.deepEqual(await version(machine.path("cache")), first);
    assert.deepEqual(await treeOf(machine.root), made);
  });

  it("does not use a folder that others can write to", { skip: process.platform === "win32" }, async () => {
    await using machine = await makeWorkspace();
    await mkdir(machine.path("cache/padlock/compiled/help"), { recursive: true });
    await chmod(machine.path("cache/padlock/compiled/help"), 0o777);
    assert.match((await version(machine.path("cache"))).stdout, /^\d/);
    assert.deepEqual(await compiled(machine), []);
  });

  it("starts where there is no such folder to be made", async () => {
    await using machine = await makeWorkspace({ file: "" });
    const { stdout, stderr } = await version(machine.path("file"));
    assert.match(stdout, /^\d/);
    assert.equal(stderr, "");
  });
});
