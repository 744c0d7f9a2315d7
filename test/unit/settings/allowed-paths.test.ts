import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { link, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join, posix, win32 } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { hasStream } from "../../../src/settings/allowed-paths.ts";
import { checkPath, isInside, isPlainlyAllowed, readAllowedFile } from "../../../src/settings/index.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";

const isWindows = process.platform === "win32";

describe("isInside", () => {
  const cases: readonly (readonly [folder: string, file: string, inside: boolean])[] = [
    ["/ws", "/ws", true],
    ["/ws", "/ws/a/../b", true],
    ["/ws", "/ws/..a", true],
    ["/ws", "/ws/...", true],
    ["/ws", "/ws-2/a", false],
    ["/ws", "/ws/../a", false],
    ["/ws", "/WS/a", false],
    ["/", "/etc/passwd", true],
    ["C:\\ws", "C:\\ws\\a", true],
    ["C:\\ws", "c:\\WS\\a", true],
    ["C:\\ws", "C:/ws/a", true],
    ["C:\\ws", "C:\\ws2\\a", false],
    ["C:\\ws", "C:\\ws\\..\\a", false],
    ["C:\\ws", "D:\\ws\\a", false],
    ["C:\\ws", "\\\\server\\share\\a", false],
    ["\\\\server\\share\\ws", "\\\\server\\share\\ws\\a", true],
    ["\\\\server\\share\\ws", "\\\\server\\share2\\ws\\a", false],
    ["\\\\server\\share", "\\\\other\\share\\a", false],
  ];
  for (const [folder, file, inside] of cases) {
    const platform = folder.startsWith("/") ? posix : win32;
    it(`${file} ${inside ? "is" : "is not"} in ${folder}`, () =>
      assert.equal(isInside(folder, file, platform), inside));
  }

  it("takes a stream of Windows for another name of the file", () => {
    assert.ok(hasStream("C:\\ws\\.env::$DATA", win32));
    assert.ok(hasStream("C:\\ws\\a.txt:b", win32));
    assert.ok(!hasStream("C:\\ws\\a.txt", win32));
    assert.ok(!hasStream("/ws/a:b", posix));
  });
});

describe("a file of the workspace", { skip: isWindows }, () => {
  let space: TempWorkspace;
  before(async () => {
    space = await makeWorkspace({
      "ws/a.txt": "inside",
      "ws/sub/b.txt": "b",
      "out/o.txt": "outside",
      "out/deep/p.txt": "p",
    });
    await symlink(space.path("ws"), space.path("ws-link"));
    await symlink(space.path("out/o.txt"), space.path("ws/file-link"));
    await symlink(space.path("out"), space.path("ws/folder-link"));
    await symlink("a.txt", space.path("ws/inner-link"));
    await symlink(space.path("out/none"), space.path("ws/dangling"));
    await symlink("circle", space.path("ws/circle"));
    execFileSync("sh", ["-c", 'mkfifo "$0"', space.path("ws/pipe")]);
    await link(space.path("out/o.txt"), space.path("ws/hard"));
  });
  after(() => space.remove());

  const read = async (path: string, folders = [space.path("ws")], megabytes = 1) => {
    const file = await readAllowedFile(path.startsWith("/") ? path : space.path(path), folders, megabytes);
    if (file.kind === "read") return file.bytes.toString();
    return file.kind === "outside" ? `outside: ${file.folder?.replace(space.root, "…")}` : file.reason;
  };

  const cases: readonly (readonly [path: string, result: string])[] = [
    ["ws/a.txt", "inside"],
    ["ws/sub/../a.txt", "inside"],
    ["ws-link/a.txt", "inside"],
    ["ws/inner-link", "inside"],
    ["ws/file-link", "outside: …/out"],
    ["ws/folder-link/deep/p.txt", "outside: …/out/deep"],
    ["out/o.txt", "outside: …/out"],
    ["ws/../out/o.txt", "outside: …/out"],
    // Nobody is asked to list a folder for what would still not be read.
    ["out/none", "outside: undefined"],
    ["ws/folder-link/none/deeper", "outside: undefined"],
    ["/dev/null", "outside: undefined"],
    ["/proc/self/environ", "outside: undefined"],
    ["ws/none", "there is no such file"],
    ["ws/dangling", "its symbolic link leads nowhere"],
    ["ws/a.txt/b", "a part of its path is not a folder"],
    ["ws/circle", "its symbolic links lead in a circle"],
    ["ws/sub", "it is not a regular file"],
    ["ws/pipe", "it is not a regular file"],
    ["ws/a\0.txt", "this is not the path of a file"],
  ];
  for (const [path, result] of cases) {
    it(`${JSON.stringify(path)}: ${result}`, async () => assert.equal(await read(path), result));
  }

  it("is plainly allowed only where the careful look allows it too", async () => {
    const folders = [space.path("ws")];
    const plain: string[] = [];
    for (const [path] of cases) {
      const file = path.startsWith("/") ? path : space.path(path);
      if (!isPlainlyAllowed(file, folders)) continue;
      plain.push(path);
      assert.equal((await checkPath(file, folders)).kind, "allowed", path);
    }
    assert.ok(plain.includes("ws-link/a.txt") && !plain.includes("ws/file-link"));
    assert.equal(isPlainlyAllowed(space.path("out/o.txt"), undefined), true);
  });

  it("may lie in a further folder, which may be reached by a link", async () => {
    const folders = [space.path("ws"), space.path("ws/folder-link")];
    assert.equal(await read("out/o.txt", folders), "outside");
    assert.equal(await read("ws/file-link", folders), "outside");
    assert.equal(await read("ws/none", [space.path("none"), space.path("ws")]), "there is no such file");
  });

  it("is none of the kernel's, whatever folder is listed", { skip: process.platform !== "linux" }, async () => {
    for (const path of ["/proc/self/environ", "/proc/self/fd/0", "/dev/zero", "/sys/kernel/notes"]) {
      assert.match(await read(path, ["/"]), /regular file|no such file|leads nowhere/);
    }
  });

  it("is read up to its size", async () => {
    await space.write("ws/big", Buffer.alloc(2 * 1024 * 1024 + 1));
    assert.equal(await read("ws/big", undefined, 2), "it is larger than 2 MB");
    assert.equal((await read("ws/big", undefined, 3)).length, 2 * 1024 * 1024 + 1);
  });

  it("is wherever it is where no folder is asked for", async () => {
    const file = await readAllowedFile(space.path("out/o.txt"), undefined, 1);
    assert.equal(file.kind === "read" && file.bytes.toString(), "outside");
    assert.equal((await checkPath(space.path("out/none"), undefined)).kind, "allowed");
  });

  it("is never another one that takes its place, or its folder's, while it is checked", async () => {
    await using race = await makeWorkspace({ "ws/real/x.txt": "inside", "out/x.txt": "outside" });
    const [real, away] = [race.path("ws/real"), race.path("ws/away")];
    let isRunning = true;
    const swap = (async () => {
      while (isRunning) {
        await rename(real, away);
        await symlink(race.path("out"), real);
        await new Promise(setImmediate);
        await rm(real);
        await rename(away, real);
        await setTimeout(Math.random() * 4);
      }
    })();
    const results = new Set<string>();
    for (let time = 0; time < 200; time++) results.add(await read(join(real, "x.txt"), [race.path("ws")]));
    isRunning = false;
    await swap;
    assert.ok(!results.has("outside"), [...results].join(", "));
    assert.ok(results.has("inside"), [...results].join(", "));
  });

  it("may be saved anew while it is read", async () => {
    await using saved = await makeWorkspace({ "x.txt": "inside" });
    await mkdir(saved.path("tmp"));
    let isRunning = true;
    const save = (async () => {
      while (isRunning) {
        await writeFile(saved.path("tmp/x"), "inside");
        await rename(saved.path("tmp/x"), saved.path("x.txt"));
        await setTimeout(20);
      }
    })();
    const results: string[] = [];
    for (let time = 0; time < 100; time++) results.push(await read(saved.path("x.txt"), [saved.root]));
    isRunning = false;
    await save;
    assert.ok(
      results.every((result) => result === "inside"),
      results.join(),
    );
  });
});
