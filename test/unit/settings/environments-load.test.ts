import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { describe, it } from "node:test";
import { loadEnvironmentFiles } from "../../../src/settings/index.ts";
import { makeWorkspace } from "../../support/temp.ts";

describe("environment files are found", () => {
  it("from the request file's folder up to the workspace folder, the strongest first", async () => {
    await using space = await makeWorkspace({
      "http-client.env.json": "{}",
      "ws/http-client.env.json": '{ "far": {} }',
      "ws/http-client.private.env.json": "{}",
      "ws/api/http-client.env.json": "{}",
      "ws/api/http-client.env.json.user": "{}",
      "ws/api/rest-client.env.json": "{}",
      "ws/api/deep/http-client.private.env.json": "{}",
      "ws/other/http-client.env.json": "{}",
    });
    const files = await loadEnvironmentFiles(space.path("ws/api/deep/a.https"), space.path("ws"));
    assert.deepEqual(
      files.map(({ shown, kind }) => `${kind} ${shown}`),
      [
        "private api/deep/http-client.private.env.json",
        "private api/http-client.env.json.user",
        "private http-client.private.env.json",
        "public api/http-client.env.json",
        "public api/rest-client.env.json",
        "public http-client.env.json",
      ],
    );
    assert.deepEqual([files[5]?.text, files[5]?.path], ['{ "far": {} }', space.path("ws/http-client.env.json")]);
  });

  it("only beside a request file that is outside of the workspace folder", async () => {
    await using space = await makeWorkspace({
      "ws/x": "",
      "http-client.env.json": "{}",
      "a/http-client.env.json": "{}",
    });
    const files = await loadEnvironmentFiles(space.path("a/a.https"), space.path("ws"));
    assert.deepEqual(
      files.map(({ path, unreadable }) => [path, unreadable]),
      [[space.path("a/http-client.env.json"), undefined]],
    );
  });
});

describe("environment files are not read", () => {
  const cases: readonly (readonly [title: string, content: string | Uint8Array, reason: RegExp])[] = [
    ["over 1 MB", " ".repeat(1024 * 1024 + 1), /larger than 1 MB/],
    ["that are not UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), /not UTF-8/],
  ];
  for (const [title, content, reason] of cases) {
    it(title, async () => {
      await using space = await makeWorkspace({ "http-client.env.json": content });
      const [file] = await loadEnvironmentFiles(space.path("a.https"), space.root);
      assert.match(file?.unreadable ?? "", reason);
      assert.equal(file?.text, "");
    });
  }

  it("through a link that leads out of the workspace folder", async () => {
    await using space = await makeWorkspace({ "secret.json": '{ "dev": { "a": "outside" } }', "ws/x": "" });
    await symlink(space.path("secret.json"), space.path("ws/http-client.env.json"));
    const [file] = await loadEnvironmentFiles(space.path("ws/a.https"), space.path("ws"));
    assert.match(file?.unreadable ?? "", /outside the workspace/);
    assert.equal(file?.text, "");
  });

  it("where a folder has the name", async () => {
    await using space = await makeWorkspace({ "http-client.env.json/x": "" });
    const [file] = await loadEnvironmentFiles(space.path("a.https"), space.root);
    assert.match(file?.unreadable ?? "", /not a regular file/);
  });
});
