import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { cached, cacheFolder } from "../../../src/tools/vscode/cache.ts";

describe("the cache of fetched programs", () => {
  const before = process.env["PADLOCK_CACHE"];
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "padlock-cache-test-"));
    process.env["PADLOCK_CACHE"] = root;
  });

  afterEach(async () => {
    if (before === undefined) delete process.env["PADLOCK_CACHE"];
    else process.env["PADLOCK_CACHE"] = before;
    await rm(root, { recursive: true });
  });

  const fill = (text: string) => async (folder: string) => {
    await writeFile(join(folder, "a"), text);
    await delay(50);
    await writeFile(join(folder, "b"), text);
  };

  test("fills a folder once and then keeps it", async () => {
    assert.equal(cacheFolder(), root);
    const first = await cached("tool-1.0.0", fill("first"));
    const second = await cached("tool-1.0.0", fill("second"));
    assert.equal(first, second);
    assert.equal(await readFile(join(second, "b"), "utf8"), "first");
    assert.deepEqual(await readdir(root), ["tool-1.0.0"]);
  });

  test("of runs that start at once one fills and the others wait for it", async () => {
    let fills = 0;
    const count = async (folder: string) => {
      fills++;
      await fill("x")(folder);
    };
    const folders = await Promise.all(Array.from({ length: 5 }, () => cached("tool-1.0.0", count)));
    assert.equal(fills, 1);
    for (const folder of folders) assert.equal(await readFile(join(folder, "b"), "utf8"), "x");
  });

  test("a failed fill leaves nothing behind, and the next one starts anew", async () => {
    const broken = async (folder: string) => {
      await writeFile(join(folder, "a"), "half");
      throw new Error("no network");
    };
    await assert.rejects(cached("tool-1.0.0", broken), /no network/);
    assert.deepEqual(await readdir(root), []);
    await cached("tool-1.0.0", fill("whole"));
  });

  test("the lock and the partial folder of a run that was killed are in nobody's way", async () => {
    const lock = join(root, "tool-1.0.0.lock");
    await mkdir(lock);
    await mkdir(join(root, "tool-1.0.0.partial-dead"));
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    await cached("tool-1.0.0", fill("whole"));
    assert.deepEqual(await readdir(root), ["tool-1.0.0"]);
  });
});
