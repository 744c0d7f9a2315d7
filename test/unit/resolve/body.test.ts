import assert from "node:assert/strict";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { bodyText, bytesOf, prepared, refused, shown } from "./given.ts";

let folder = "";
const root = () => join(folder, "workspace");

before(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "padlock-body-")));
  await mkdir(join(root(), "requests", "data"), { recursive: true });
  await writeFile(join(folder, "outside.txt"), "outside");
  await mkdir(join(folder, "workspace-2"));
  await writeFile(join(folder, "workspace-2", "x"), "outside");
  await writeFile(join(root(), "top.bin"), Buffer.from([0, 255, 13, 10, 123, 123, 97, 125, 125]));
  await writeFile(join(root(), "requests", "data", "a b.txt"), "near");
  await symlink(join(folder, "outside.txt"), join(root(), "requests", "leak.txt"));
  await symlink(join(root(), "top.bin"), join(root(), "requests", "inside.bin"));
  await symlink(join(root(), "requests", "circle"), join(root(), "requests", "circle"));
});
after(() => rm(folder, { recursive: true, force: true }));

const given = () => ({ root: root(), file: "requests/api.https" });
const post = (path: string) => `POST https://localhost/\n\n< ${path}\n`;

describe("body", () => {
  it("inline text keeps its line ends", async () => {
    const request = await prepared("@x = é\r\nPOST https://localhost/\r\n\r\na\r\n{{x}}\nb\r\n");
    assert.equal(bodyText(request), "a\r\né\nb");
  });

  it("GET may have one", async () => {
    assert.equal(bodyText(await prepared("GET https://localhost/\n\nbody")), "body");
  });

  it("a file is sent byte by byte, from the request file's folder, also through a link that stays inside", async () => {
    for (const path of ["../top.bin", "inside.bin", join(root(), "top.bin")]) {
      const request = await prepared(post(path), given());
      assert.deepEqual([...bytesOf(request)], [0, 255, 13, 10, 123, 123, 97, 125, 125], path);
    }
  });

  it("a file's name may have blanks and variables", async () => {
    assert.equal(bodyText(await prepared(`@n = a b\n${post("./data/{{n}}.txt")}`, given())), "near");
  });

  const wrong: readonly (readonly [title: string, path: string, code: string])[] = [
    ["a file that is not there", "data/none.json", "value.unreadable-file"],
    ["a folder", "data", "value.unreadable-file"],
    ["a circle of links", "circle", "value.unreadable-file"],
    ["a file above the workspace", "../../outside.txt", "policy.path-outside-workspace"],
    ["a folder whose name only starts alike", "../../workspace-2/x", "policy.path-outside-workspace"],
    ["a link that leads out", "leak.txt", "policy.path-outside-workspace"],
    ["an absolute path elsewhere", "/dev/null", "policy.path-outside-workspace"],
  ];
  for (const [title, path, code] of wrong) {
    it(`refuses ${title}`, async () => {
      const failure = await refused(post(path), given());
      assert.equal(shown(failure), `${code} 3:3 ${path}`);
      assert.equal(failure.location?.file, "requests/api.https");
    });
  }

  it("names a missing file from the workspace folder", async () => {
    const failure = await refused(post("data/none.json"), given());
    assert.match(failure.detail, /^requests\/data\/none\.json is the body of this request, but there is no such file/);
  });
});
