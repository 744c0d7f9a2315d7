import assert from "node:assert/strict";
import { test } from "node:test";
import { knownSecrets, ruleLevels } from "../../../src/extension/language/known-settings.ts";
import { isInside, resolvedPath } from "../../../src/extension/language/paths.ts";

test("secrets are names, hosts and whether they are set", () => {
  const value = { TOKEN: ["api.test", 7], OTHER: [], WRONG: "api.test" };
  assert.deepEqual(
    knownSecrets(value, (name) => name === "TOKEN"),
    [
      { name: "TOKEN", hosts: ["api.test"], isSet: true },
      { name: "OTHER", hosts: [], isSet: false },
    ],
  );
  for (const wrong of [undefined, null, [], "x", 7])
    assert.deepEqual(
      knownSecrets(wrong, () => true),
      [],
    );
});

test("levels that do not exist are left out", () => {
  assert.deepEqual(ruleLevels({ a: "off", b: "warn", c: 1, d: "error" }), { a: "off", d: "error" });
  assert.deepEqual(ruleLevels(["off"]), {});
});

test("paths of a request file start at its folder, with slashes of either kind", () => {
  assert.equal(resolvedPath("/project/api", "./body.json"), "/project/api/body.json");
  assert.equal(resolvedPath("/project/api", "..\\certs\\a.pem"), "/project/certs/a.pem");
  assert.equal(resolvedPath("/project/api", "/etc/a"), "/etc/a");
  assert.equal(resolvedPath("/c:/project", "D:\\a\\b"), "/D:/a/b");
});

test("inside is the folder and what is below it, on the same file system", () => {
  const place = (path: string, scheme = "file", authority = "") => ({ scheme, authority, path });
  const folder = place("/project");
  for (const path of ["/project", "/project/", "/project/a/b"]) assert.ok(isInside(folder, place(path)), path);
  for (const path of ["/project-2/a", "/", "/project/../etc", "/proj"]) assert.ok(!isInside(folder, place(path)), path);
  assert.ok(isInside(place("/"), place("/a")));
  assert.ok(!isInside(folder, place("/project/a", "vscode-vfs")));
  assert.ok(!isInside(folder, place("/project/a", "file", "server")));
});
