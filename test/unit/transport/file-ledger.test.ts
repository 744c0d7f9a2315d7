import assert from "node:assert/strict";
import { mkdir, rename, rm, symlink, utimes } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { FileLedger } from "../../../src/transport/file-ledger.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { fileReference } from "./support.ts";

/** As if every file had been there for long: its times alone tell whether it has changed. */
const later = () => Date.now() + 60_000;

describe("a ledger of files that have settled", { skip: process.platform === "win32" }, () => {
  let space: TempWorkspace;
  before(async () => {
    space = await makeWorkspace({
      "ws/a.pem": "one",
      "ws/b.pem": "two",
      "ws/sub/c.pem": "three",
      "out/c.pem": "three",
    });
  });
  after(() => space.remove());

  const file = (name: string, folders = ["ws"]) => ({
    ...fileReference(space.path(name), "ca"),
    folders: folders.map((folder) => space.path(folder)),
  });
  const ledgerOf = async (name: string, folders?: string[]) => {
    const ledger = new FileLedger(later);
    await ledger.read(file(name, folders), "file");
    assert.equal(await ledger.isUnchanged(), true, "nothing has changed yet");
    return ledger;
  };

  test("sees other contents, also of the same size and with the time put back", async () => {
    const ledger = await ledgerOf("ws/a.pem");
    await utimes(space.path("ws/a.pem"), 1, 1);
    const old = await ledgerOf("ws/a.pem");
    await space.write("ws/a.pem", "eno");
    await utimes(space.path("ws/a.pem"), 1, 1);
    assert.deepEqual([await ledger.isUnchanged(), await old.isUnchanged()], [false, false]);
  });

  test("looks once for all that ask within its pause, and again after it", async () => {
    await space.write("ws/burst.pem", "one");
    const ledger = new FileLedger(later, 60);
    await ledger.read(file("ws/burst.pem"), "file");
    await delay(80);
    assert.deepEqual([ledger.wasSeenJustNow, await ledger.isUnchanged(), ledger.wasSeenJustNow], [false, true, true]);
    await space.write("ws/burst.pem", "other");
    await delay(80);
    assert.deepEqual([ledger.wasSeenJustNow, await ledger.isUnchanged()], [false, false]);
  });

  test("sees another file behind a link", async () => {
    await symlink("a.pem", space.path("ws/link.pem"));
    const ledger = await ledgerOf("ws/link.pem");
    await rm(space.path("ws/link.pem"));
    await symlink("b.pem", space.path("ws/link.pem"));
    assert.equal(await ledger.isUnchanged(), false);
  });

  test("sees a folder on the way that became a link", async () => {
    const ledger = await ledgerOf("ws/sub/c.pem");
    await rename(space.path("ws/sub"), space.path("ws/was"));
    await symlink(space.path("out"), space.path("ws/sub"));
    assert.equal(await ledger.isUnchanged(), false);
  });

  test("sees an allowed folder that leads elsewhere", async () => {
    await symlink(space.path("out"), space.path("allowed"));
    const ledger = await ledgerOf("out/c.pem", ["ws", "allowed"]);
    await rm(space.path("allowed"));
    await mkdir(space.path("allowed"));
    // What the file holds is looked at each time; where it lies, ten times a second.
    await delay(110);
    assert.equal(await ledger.isUnchanged(), false);
  });

  test("sees a file that is gone", async () => {
    const ledger = await ledgerOf("ws/b.pem");
    await rm(space.path("ws/b.pem"));
    assert.equal(await ledger.isUnchanged(), false);
  });

  test("sees a name that comes into a folder or goes from it, and a file that changes in it", async () => {
    await space.write("ws/store/x.pem", "x");
    const listed = async () => {
      const ledger = new FileLedger(later);
      const names = (await ledger.list(file("ws/store"), "folder")) ?? [];
      await ledger.readMembers(
        names.map((name) => file(`ws/store/${name}`)),
        "file",
      );
      assert.equal(await ledger.isUnchanged(), true);
      return ledger;
    };
    const changes = [
      () => space.write("ws/store/y.pem", "y"),
      () => space.write("ws/store/y.pem", "z"),
      () => rm(space.path("ws/store/y.pem")),
    ];
    for (const change of changes) {
      const ledger = await listed();
      await change();
      assert.equal(await ledger.isUnchanged(), false);
    }
    assert.equal(await new FileLedger().list(file("ws/a.pem"), "folder"), undefined);
  });
});
