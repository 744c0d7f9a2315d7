import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { describe, it } from "node:test";
import { loadDotenv } from "../../../src/secrets/index.ts";
import { makeWorkspace } from "../../support/temp.ts";

describe("loadDotenv", () => {
  it("reads every form of an entry", async () => {
    const text =
      "\uFEFFA=1\r\nDOTTED.KEY=dk\nda-sh = x \nexport E='a # b'\n# N=no\nQ=\"l1\\nl2\"\nH=v # c\nEMPTY=\n__proto__=p\n";
    await using space = await makeWorkspace({ ".env": text });
    const dotenv = await loadDotenv(space.path("a.https"), space.root, "");
    const names = ["A", "DOTTED.KEY", "da-sh", "E", "N", "Q", "H", "EMPTY", "toString", "constructor"];
    assert.deepEqual(
      names.map((name) => dotenv.get(name)),
      ["1", "dk", "x", "a # b", undefined, "l1\nl2", "v", "", undefined, undefined],
    );
    assert.deepEqual(dotenv.names, ["A", "DOTTED.KEY", "da-sh", "E", "Q", "H", "EMPTY"]);
    assert.equal(dotenv.problem, undefined);
  });

  it("takes the environment's file over the plain one, of each the nearest", async () => {
    await using space = await makeWorkspace({
      ".env": "OUT=outside\nA=outside",
      "ws/.env": "A=far\nF=far",
      "ws/.env.dev": "A=far dev\nD=far dev",
      "ws/.env.test": "A=test",
      "ws/api/.env": "A=near\nB=near",
    });
    const dotenv = await loadDotenv(space.path("ws/api/v1/a.https"), space.path("ws"), "dev");
    const entries = ["A", "B", "D", "F", "OUT"].map((name) => dotenv.get(name));
    assert.deepEqual(entries, ["far dev", "near", "far dev", undefined, undefined]);
    const none = await loadDotenv(space.path("ws/api/v1/a.https"), space.path("ws"), "");
    assert.deepEqual(
      ["A", "D"].map((name) => none.get(name)),
      ["near", undefined],
    );
  });

  it("follows no environment name out of its folder", async () => {
    await using space = await makeWorkspace({ "ws/.env.x/y": "", secret: "A=1" });
    const dotenv = await loadDotenv(space.path("ws/a.https"), space.path("ws"), "x/../../secret");
    assert.deepEqual([dotenv.names, dotenv.problem], [[], undefined]);
  });

  it("without a file has no value", async () => {
    await using space = await makeWorkspace();
    assert.equal((await loadDotenv(space.path("a.https"), space.root, "dev")).get("A"), undefined);
  });

  it("says why a file is not read", async () => {
    await using space = await makeWorkspace({ secret: "A=outside", "ws/x": "" });
    await symlink(space.path("secret"), space.path("ws/.env"));
    const dotenv = await loadDotenv(space.path("ws/a.https"), space.path("ws"), "");
    assert.deepEqual([dotenv.problem?.code, dotenv.get("A")], ["settings.unreadable", undefined]);
    assert.match(
      dotenv.problem?.detail ?? "",
      /^\{\{\$dotenv …\}\} takes its value from \.env, .*outside the workspace/,
    );
  });

  it("needs a time that grows with the file's size only", async () => {
    await using space = await makeWorkspace({ ".env": `${"\n".repeat(1_000_000)}A=1` });
    const start = performance.now();
    assert.equal((await loadDotenv(space.path("a.https"), space.root, "")).get("A"), "1");
    assert.ok(performance.now() - start < 5000);
  });
});
