import assert from "node:assert/strict";
import { chmod } from "node:fs/promises";
import { describe, it } from "node:test";
import { makeWorkspace } from "../support/temp.ts";
import { padlock } from "./padlock.ts";

const good = "GET https://localhost/\n";
const broken = "GET https://localhost/\nno colon here\n";
const cycle = "@a = {{b}}\n@b = {{a}}\nGET https://localhost/{{a}}\n";

describe("padlock check", () => {
  it("passes files without mistakes", async () => {
    await using workspace = await makeWorkspace({ "a.https": good, "b.https": good });
    const result = await padlock(["check"], { cwd: workspace.root });
    assert.deepEqual(result, { exitCode: 0, stdout: "No problems in 2 files\n", stderr: "" });
  });

  it("prints file, line, column, severity, message and code, in the order of the places, and ends with 3", async () => {
    await using workspace = await makeWorkspace({ "b.https": broken, "a.https": cycle });
    const result = await padlock(["check"], { cwd: workspace.root });
    assert.deepEqual([result.exitCode, result.stderr], [3, ""]);
    const lines = result.stdout.trimEnd().split("\n");
    const summary = lines.pop();
    assert.match(summary ?? "", /^\d+ errors?(, .*)? in 2 files$/);
    for (const line of lines)
      assert.match(line, /^[ab]\.https:\d+:\d+: (error|warning|information|hint): .+ \([a-z.-]+\)$/);
    assert.ok(
      lines.some((line) => /^a\.https:1:\d+: error: .*\(variable\.cycle\)$/.test(line)),
      result.stdout,
    );
    assert.match(lines.at(-1) ?? "", /^b\.https:2:1: error: .*\(parse\./);
    assert.deepEqual(
      lines.map((line) => line[0]),
      lines.map((line) => line[0]).sort(),
    );
  });

  it("warns of an entry for an environment that no environment file of any folder defines", async () => {
    const hosts = { "a.test": [{ environment: "prodd" }, { environment: ["inner", "staging"] }, {}] };
    await using workspace = await makeWorkspace({
      "a.https": good,
      "http-client.env.json": '{ "staging": {}, "prod": {} }',
      "inner/b.https": good,
      "inner/http-client.env.json": '{ "inner": {} }',
      ".vscode/settings.json": JSON.stringify({ "padlock.hosts": hosts }),
    });
    const { exitCode, stdout } = await padlock(["check"], { cwd: workspace.root });
    assert.equal(exitCode, 0);
    assert.match(
      stdout,
      /^\.vscode\/settings\.json:1:\d+: warning: .*"prodd".* Did you mean "prod"\? \(settings\.unknown-environment\)$/m,
    );
    assert.equal(stdout.match(/unknown-environment/g)?.length, 1, stdout);
  });

  it("refuses the imports that running refuses, and shows nothing of them", async () => {
    await using workspace = await makeWorkspace({
      "a.https": `# @import .env\n${good}`,
      "b.https": `# @import folder\n${good}`,
      "folder/note.txt": "note",
      ".env": "KEY=v4lue-of-the-key\n",
    });
    const { exitCode, stdout } = await padlock(["check"], { cwd: workspace.root });
    assert.equal(exitCode, 3);
    assert.match(stdout, /^a\.https:1:11: error: .*it holds secrets and is no request file/m);
    assert.match(stdout, /^b\.https:1:11: error: .*it is not a regular file/m);
    assert.doesNotMatch(stdout, /v4lue/);
  });

  it("ends with 0 for warnings, and with 3 for more of them than allowed", async () => {
    await using workspace = await makeWorkspace({ "a.https": "GET http://example.com/\n" });
    const args = ["check", "a.https"];
    const warned = await padlock(args, { cwd: workspace.root });
    assert.deepEqual([warned.exitCode, /a\.https:1:5: warning: /.test(warned.stdout)], [0, true], warned.stdout);
    const results = await Promise.all(
      ["0", "1"].map((count) => padlock([...args, "--max-warnings", count], { cwd: workspace.root })),
    );
    assert.deepEqual(
      results.map(({ exitCode }) => exitCode),
      [3, 0],
    );
  });

  it("writes the same as JSON", async () => {
    await using workspace = await makeWorkspace({ "a.https": broken });
    const result = await padlock(["check", "a.https", "--json"], { cwd: workspace.root });
    assert.equal(result.exitCode, 3);
    const [finding] = JSON.parse(result.stdout);
    assert.deepEqual(Object.keys(finding), [
      "file",
      "line",
      "column",
      "endLine",
      "endColumn",
      "severity",
      "code",
      "message",
    ]);
    assert.deepEqual(
      [finding.file, finding.line, finding.column, finding.endLine, finding.endColumn, finding.severity],
      ["a.https", 2, 1, 2, 14, "error"],
    );
  });

  it("reports paths that cannot be read", async () => {
    await using workspace = await makeWorkspace({ "bad.https": Uint8Array.of(0x23, 0x0a, 0xc3), "none/a.txt": "" });
    const result = await padlock(["check", "bad.https", "gone.https", "none", "--json"], { cwd: workspace.root });
    assert.equal(result.exitCode, 3);
    const places = JSON.parse(result.stdout).map(
      ({ file, line, severity }: { file: string; line: number; severity: string }) => [file, line, severity],
    );
    assert.deepEqual(places.sort(), [
      ["bad.https", 2, "error"],
      ["gone.https", 1, "error"],
      ["none", 1, "error"],
    ]);
  });

  it("knows the variables of every environment and of imported files", async () => {
    await using workspace = await makeWorkspace({
      ".git/HEAD": "",
      "http-client.env.json": '{ "dev": { "host": "localhost" } }',
      "lib.https": "@path = x\n\n### login\nGET https://localhost/\n",
      "a.https": "import ./lib.https\n\n# @ref login\nGET https://{{host}}/{{path}}\n",
    });
    const result = await padlock(["check", "a.https"], { cwd: workspace.root });
    assert.deepEqual([result.exitCode, result.stdout], [0, "No problems in 1 file\n"]);
  });

  it("reports an import that is not there, and mistakes in settings and environment files once", async () => {
    await using workspace = await makeWorkspace({
      ".vscode/settings.json": '{\n  "padlock.timeout": { "connect": "soon" }\n}\n',
      "http-client.env.json": '{\n  "dev": 5\n}\n',
      "a.https": `import ./gone.https\n\n${good}`,
      "b.https": good,
    });
    const result = await padlock(["check"], { cwd: workspace.root });
    assert.equal(result.exitCode, 3, result.stdout);
    assert.match(result.stdout, /^a\.https:1:8: error: .*gone\.https/m);
    assert.equal(
      result.stdout.match(/^\.vscode\/settings\.json:2:\d+: error: .*\(settings\.bad-duration\)$/gm)?.length,
      1,
    );
    assert.equal(result.stdout.match(/^http-client\.env\.json:2:\d+: error: /gm)?.length, 1);
  });

  it("warns of body files and run files that are not there, but not where a reference makes the path", async () => {
    await using workspace = await makeWorkspace({
      "a.https": [
        "@name = x",
        "POST https://localhost/",
        "",
        "< ./there.json",
        "###",
        "POST https://localhost/",
        "",
        "a",
        "< ./gone.json",
        "###",
        "POST https://localhost/",
        "",
        "< ./{{name}}.json",
        "###",
        "run ./other.https",
        "",
      ].join("\n"),
      "there.json": "{}",
    });
    const result = await padlock(["check", "a.https"], { cwd: workspace.root });
    const found = result.stdout.match(
      /^a\.https:\d+:\d+: warning: There is no file \S+, .*\(value\.unreadable-file\)$/gm,
    );
    assert.equal(result.exitCode, 0);
    assert.deepEqual(
      found?.map((line) => line.replace(/(: ).*no file (\S+),.*/, "$1$2")),
      ["a.https:9:3: ./gone.json", "a.https:15:5: ./other.https"],
    );
  });
});

describe("padlock check, files that are named", () => {
  it("reports what lies outside, what is never written, and keys that others can read", async () => {
    await using workspace = await makeWorkspace({
      ".vscode/settings.json": JSON.stringify({
        "padlock.hosts": { localhost: { cert: "c.pem", key: "it's mine.key" } },
      }),
      "a.https": `POST https://localhost/\n\n< ../../etc/hostname\n\n###\n${good}\n>> .git/hooks/x\n\n###\n${good}\n>> out/x.json\n`,
      "it's mine.key": "key",
    });
    await chmod(workspace.path("it's mine.key"), 0o644);
    const { exitCode, stdout } = await padlock(["check"], { cwd: workspace.root });
    assert.equal(exitCode, 3);
    assert.match(
      stdout,
      /^a\.https:3:3: warning: .*outside of the workspace folder.*\(policy\.path-outside-workspace\)$/m,
    );
    assert.match(stdout, /^a\.https:8:4: error: .*begin with a dot.*\(value\.unwritable-file\)$/m);
    assert.doesNotMatch(stdout, /x\.json/);
    if (process.platform === "win32") return;
    const key = `it's mine\\.key can be read by others \\(mode 0644\\)\\. Run: chmod 600 'it'\\\\''s mine\\.key'`;
    assert.match(
      stdout,
      new RegExp(`^\\.vscode/settings\\.json:1:\\d+: warning: ${key} \\(identity\\.key-permissions\\)$`, "m"),
    );
  });
});
