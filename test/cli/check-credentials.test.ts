import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { describe, it } from "node:test";
import { makeWorkspace } from "../support/temp.ts";
import { padlock } from "./padlock.ts";

const good = "GET https://localhost/\n";
const secret = "k3Jx9vQp2z";
const literal = `GET https://localhost/\nAuthorization: Bearer ${secret}\n`;

describe("padlock check, for credentials", () => {
  it("warns of one in a request file, with its place, and never prints it", async () => {
    await using workspace = await makeWorkspace({ "a.https": literal });
    const warned = await padlock(["check"], { cwd: workspace.root });
    assert.equal(warned.exitCode, 0);
    assert.match(warned.stdout, /^a\.https:2:23: warning: This looks like a bearer token.* \(secret\.hard-coded\)$/m);
    const strict = await padlock(["check", "--max-warnings", "0"], { cwd: workspace.root });
    const json = await padlock(["check", "--json"], { cwd: workspace.root });
    assert.equal(strict.exitCode, 3);
    for (const { stdout, stderr } of [warned, strict, json]) assert.ok(!(stdout + stderr).includes(secret));
    assert.deepEqual(
      JSON.parse(json.stdout).map(({ line, column, endColumn, code }: Record<string, unknown>) => [
        line,
        column,
        endColumn,
        code,
      ]),
      [[2, 23, 33, "secret.hard-coded"]],
    );
  });

  it("follows the level of the settings", async () => {
    const settings = (level: string) => JSON.stringify({ "padlock.diagnostics": { "secret.hard-coded": level } });
    await using workspace = await makeWorkspace({
      "a.https": literal,
      "http-client.env.json": JSON.stringify({ dev: { token: secret } }),
      ".vscode/settings.json": settings("error"),
    });
    const refused = await padlock(["check"], { cwd: workspace.root });
    assert.equal(refused.exitCode, 3);
    assert.match(refused.stdout, /^2 errors in 2 files$/m);
    await workspace.write(".vscode/settings.json", settings("off"));
    const silent = await padlock(["check", "--max-warnings", "0"], { cwd: workspace.root });
    assert.deepEqual([silent.exitCode, silent.stdout], [0, "No problems in 1 file\n"]);
  });

  it("looks into the public environment file, not into the private one", async () => {
    const environment = `{\n  // of the test system\n  "dev": { "host": "localhost", "apiKey": "${secret}" }\n}\n`;
    await using workspace = await makeWorkspace({
      "a.https": good,
      "http-client.env.json": environment,
      "http-client.private.env.json": JSON.stringify({ dev: { password: secret } }),
    });
    const { exitCode, stdout } = await padlock(["check"], { cwd: workspace.root });
    assert.equal(exitCode, 0);
    assert.match(
      stdout,
      /^http-client\.env\.json:3:44: warning: .*http-client\.private\.env\.json.* \(secret\.hard-coded\)$/m,
    );
    assert.equal(stdout.match(/secret\.hard-coded/g)?.length, 1, stdout);
    assert.ok(!stdout.includes(secret));
  });

  it("warns of a passphrase in the settings", async () => {
    const hosts = {
      "a.test": { cert: "a.pem", key: "a.key", passphrase: secret },
      "b.test": { passphrase: "$" + "{env:B}" },
      "c.test": [{ environment: "staging", passphrase: secret }, { proxy: `http://me:${secret}@proxy.test:3128` }],
      "d.test": { proxy: "http://me:$" + "{env:D}@proxy.test:3128" },
    };
    await using workspace = await makeWorkspace({
      "a.https": good,
      ".vscode/settings.json": `{\n"padlock.hosts": ${JSON.stringify(hosts)}\n}`,
    });
    const { stdout } = await padlock(["check"], { cwd: workspace.root });
    assert.match(
      stdout,
      /^\.vscode\/settings\.json:2:\d+: warning: The passphrase for a\.test stands in the settings/m,
    );
    assert.match(stdout, /The passphrase for c\.test stands in the settings/);
    assert.match(stdout, /The password of the proxy for c\.test stands in the settings/);
    assert.ok(!stdout.includes(secret) && !/[bd]\.test stands/.test(stdout), stdout);
  });

  it("warns of files for secrets that Git would commit", async () => {
    await using workspace = await makeWorkspace({
      "api/a.https": good,
      "api/b.https": good,
      "api/http-client.private.env.json": "{}",
      ".env": "A=1\n",
      ".env.example": "A=\n",
    });
    const outside = await padlock(["check"], { cwd: workspace.root });
    assert.equal(outside.stdout, "No problems in 2 files\n");
    await mkdir(workspace.path(".git"));
    const warned = await padlock(["check"], { cwd: workspace.root });
    const files = warned.stdout.match(/^.*(?=:1:1: warning: .*\(secret\.not-ignored\)$)/gm);
    assert.deepEqual(files?.sort(), [".env", "api/http-client.private.env.json"], warned.stdout);
    await workspace.write(".gitignore", ".env*\n!.env.example\n");
    await workspace.write("api/.gitignore", "*.private.env.json\n");
    const ignored = await padlock(["check", "--max-warnings", "0"], { cwd: workspace.root });
    assert.deepEqual([ignored.exitCode, ignored.stdout], [0, "No problems in 2 files\n"]);
  });
});
