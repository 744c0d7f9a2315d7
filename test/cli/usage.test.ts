import assert from "node:assert/strict";
import { describe, it } from "node:test";
import manifest from "../../package.json" with { type: "json" };
import { makeWorkspace } from "../support/temp.ts";
import { padlock } from "./padlock.ts";

describe("padlock without a request", () => {
  it("explains itself on standard output", async () => {
    const cwd = process.cwd();
    const [help, runHelp, version] = await Promise.all([
      padlock(["--help"], { cwd }),
      padlock(["run", "--help"], { cwd }),
      padlock(["--version"], { cwd }),
    ]);
    assert.deepEqual([help.exitCode, help.stderr], [0, ""]);
    assert.match(help.stdout, /padlock run FILE…/);
    assert.deepEqual([runHelp.exitCode, runHelp.stderr], [0, ""]);
    assert.match(runHelp.stdout, /--name REQUEST/);
    assert.deepEqual(version, { exitCode: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  it("ends wrong usage with 64, on standard error only", async () => {
    const result = await padlock(["run", "api.https", "--jsno"], { cwd: process.cwd() });
    assert.deepEqual(result, {
      exitCode: 64,
      stdout: "",
      stderr: "padlock run has no option --jsno\nDid you mean --json?\n",
    });
  });

  it("ends without a command with 64", async () => {
    const result = await padlock([], { cwd: process.cwd() });
    assert.deepEqual([result.exitCode, result.stdout], [64, ""]);
  });
});

describe("padlock run refuses", () => {
  const request = "GET https://localhost:1/\n";
  const cases: readonly {
    readonly what: string;
    readonly files: Readonly<Record<string, string | Uint8Array>>;
    readonly args: readonly string[];
    readonly says: RegExp;
  }[] = [
    {
      what: "a file that does not exist, and names every such file",
      files: { "a.https": request },
      args: ["a.https", "b.https", "c.https"],
      says: /request file b\.https \[value\.unreadable-file\]\nThere is no such file\.[\s\S]*request file c\.https/,
    },
    {
      what: "a folder",
      files: { "sub/a.https": request },
      args: ["sub"],
      says: /request file sub .*\nIt is a folder\./,
    },
    {
      what: "a file that is not UTF-8",
      files: { "a.https": Uint8Array.of(0x47, 0xff, 0xfe) },
      args: ["a.https"],
      says: /a\.https is not UTF-8 text/,
    },
    {
      what: "a file without a request",
      files: { "a.https": "# only a comment\n@host = localhost\n" },
      args: ["a.https"],
      says: /There is no request in a\.https/,
    },
    {
      what: "a name that nothing has, with the nearest one",
      files: { "a.https": `# @name getUser\n${request}\n###\n# @name deleteUser\n${request}` },
      args: ["a.https", "--name", "getUsr"],
      says: /No request is named "getUsr"\nThe requests are named: getUser, deleteUser\.\nFix: Did you mean "getUser"\?/,
    },
    {
      what: "a name that nothing has beside one that something has",
      files: { "a.https": `# @name getUser\n${request}` },
      args: ["a.https", "--name", "getUser", "--name", "other"],
      says: /No request is named "other"/,
    },
    {
      what: "an environment where no file defines one",
      files: { "a.https": request },
      args: ["a.https", "--env", "staging"],
      says: /No environment file defines staging/,
    },
    {
      what: "an environment of a file that it cannot read yet",
      files: { "sub/a.https": request, "http-client.env.json": '{"staging":{}}' },
      args: ["sub/a.https", "--env", "staging"],
      says: /Environment files are not supported yet\n.*http-client\.env\.json/,
    },
  ];
  for (const { what, files, args, says } of cases) {
    it(what, async () => {
      await using workspace = await makeWorkspace(files);
      const result = await padlock(["run", ...args], { cwd: workspace.root });
      assert.equal(result.exitCode, 3);
      assert.equal(result.stdout, "");
      assert.match(result.stderr, says);
    });
  }

  it("still writes a document with --json", async () => {
    await using workspace = await makeWorkspace();
    const result = await padlock(["run", "gone.https", "--json"], { cwd: workspace.root });
    assert.equal(result.exitCode, 3);
    assert.match(result.stderr, /gone\.https/);
    assert.deepEqual(JSON.parse(result.stdout), {
      padlock: manifest.version,
      exchanges: [],
      summary: { requests: 0, answered: 0, failed: 0, canceled: 0, notSent: 0, problems: 1, exitCode: 3 },
    });
  });
});
