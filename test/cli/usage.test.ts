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
    assert.match(help.stdout, /padlock run PATH…[\s\S]*padlock list[\s\S]*padlock check/);
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
      says: /Cannot read b\.https \[value\.unreadable-file\]\nThere is no such file or folder\.[\s\S]*Cannot read c\.https/,
    },
    {
      what: "a folder without request files",
      files: { "sub/a.txt": request, "sub/node_modules/a.https": request, "sub/.git/a.https": request },
      args: ["sub"],
      says: /There is no request file in sub\n/,
    },
    {
      what: "a file that is not UTF-8, with the place",
      files: { "a.https": Buffer.concat([Buffer.from("# é\nGET "), Buffer.of(0xff, 0xfe)]) },
      args: ["a.https"],
      says: /a\.https is not UTF-8 text .*\n +--> a\.https:2:5\nThe byte at offset 9 \(0xFF\), in line 2,/,
    },
    {
      what: "a file in UTF-16",
      files: { "a.https": Buffer.from("\ufeffGET https://localhost/", "utf16le") },
      args: ["a.https"],
      says: /offset 0 \(0xFF\), in line 1,.* It looks like UTF-16\./,
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
      says: /There is no environment "staging"\nNo http-client\.env\.json/,
    },
    {
      what: "an environment that the files do not define, with the nearest one",
      files: { "sub/a.https": request, ".git/HEAD": "", "http-client.env.json": '{"staging":{},"prod":{}}' },
      args: ["sub/a.https", "--env", "stagnig"],
      says: /There is no environment "stagnig"\nThe environment files of sub\/a\.https define: staging, prod\..*\nFix: .*Did you mean "staging"\?/,
    },
    {
      what: "an environment of a file that is broken, at its place",
      files: { "sub/a.https": request, ".git/HEAD": "", "http-client.env.json": '{\n  "staging": 5\n}' },
      args: ["sub/a.https", "--env", "staging"],
      says: /--> http-client\.env\.json:2:\d+\n/,
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
      skipped: [],
      summary: { requests: 0, answered: 0, failed: 0, canceled: 0, notSent: 0, skipped: 0, problems: 1, exitCode: 3 },
    });
  });
});
