import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdir, open, readFile, stat, symlink } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { createTestPki, type TestPki } from "../support/pki.ts";
import { handlers, serverIdentity, startTlsServer, type TlsServer } from "../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../support/temp.ts";
import { leaksIn } from "../support/tree.ts";
import { type CommandResult, finished, padlock, program, startPadlock } from "./padlock.ts";

const secret = "tok-3n/Cr+yp?t_0x";
const isWindows = process.platform === "win32";

let pki: TestPki;
let server: TlsServer;
let silent: TlsServer;

before(async () => {
  pki = await createTestPki();
  server = await startTlsServer({
    ...serverIdentity(pki.server),
    handler: (request, response, { body }) => {
      if (request.url === "/broken") return void request.socket.destroy();
      response.setHeader("x-echo", String(request.headers["authorization"] ?? ""));
      return void response.end(`${request.url} ${body}`);
    },
  });
  silent = await startTlsServer({ ...serverIdentity(pki.server), handler: handlers.neverAnswer });
});
after(() => Promise.all([server?.close(), silent?.close()]));

/** HOST in a file stands for the server, SILENT for the one that never answers. */
function makeProject(text: string): Promise<TempWorkspace> {
  const [host, quiet] = [server, silent].map(({ port }) => `localhost:${port}`);
  return makeWorkspace({
    "certs/ca.pem": pki.root.certificatePem,
    ".vscode/settings.json": JSON.stringify({
      "padlock.hosts": { "localhost:*": { ca: ["certs/ca.pem"] } },
      "padlock.secrets": { API_TOKEN: [host] },
    }),
    "a.https": text.replaceAll("HOST", host ?? "").replaceAll("SILENT", quiet ?? ""),
  });
}

async function run(project: TempWorkspace, args: readonly string[] = []) {
  const seen = server.recorded.length;
  const result: CommandResult = await padlock(["run", "a.https", ...args], {
    cwd: project.root,
    environment: { API_TOKEN: secret },
  });
  return { ...result, arrived: server.recorded.slice(seen).map(({ method, url }) => `${method} ${url}`) };
}

async function linesOf(project: TempWorkspace, name = "run.log"): Promise<string[]> {
  const text = await readFile(project.path(name), "utf8");
  assert.ok(text === "" || text.endsWith("\n"));
  return text.split("\n").slice(0, -1);
}

const three =
  "### login\nPOST HOST/login?code=s3cret-code\nAuthorization: Bearer {{$env.API_TOKEN}}\n\nhello\n\n" +
  "### next\n# @ref login\nGET HOST/t/{{$env.API_TOKEN}}?q={{$env.API_TOKEN}}\n\n" +
  "### broken\nGET HOST/broken\n\n### refused\nGET HOST/{{$env.OTHER}}\n";

describe("padlock run --log", () => {
  it("writes a line for every exchange: answered, needed by another, failed, and refused", async () => {
    await using project = await makeProject(three);
    const { arrived } = await run(project, [
      "--name",
      "next",
      "--name",
      "broken",
      "--name",
      "refused",
      "--log",
      "run.log",
    ]);
    // What was refused never arrives; a GET whose connection was reset may arrive twice.
    assert.deepEqual(
      [...new Set(arrived)],
      ["POST /login?code=s3cret-code", `GET /t/${secret}?q=${secret}`, "GET /broken"],
    );
    const lines = await linesOf(project);
    assert.equal(lines.length, 4, lines.join("\n"));
    const host = `localhost:${server.port}`;
    assert.match(
      lines[0] ?? "",
      new RegExp(
        `^level=info time=\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z name=login method=POST host=${host} path=/login query=code status=200 dns_ms=[\\d.]+ connect_ms=[\\d.]+ tls_ms=[\\d.]+ send_ms=[\\d.]+ wait_ms=[\\d.]+ receive_ms=[\\d.]+ total_ms=[\\d.]+ sent_bytes=5 received_bytes=\\d+ decoded_bytes=\\d+ tls=TLSv1\\.3 verdict=verified reused=false hops=0 at=a\\.https:2 id=\\S+$`,
      ),
    );
    assert.match(lines[1] ?? "", / name=next .* path=\/t\/{{\$env\.API_TOKEN}} query=q status=200 .* reused=true /);
    assert.match(lines[2] ?? "", /^level=error .* name=broken .* failure=network\.reset /);
    assert.match(lines[3] ?? "", /^level=warn .* name=refused .* failure=\S+ .* verdict=not-connected /);
  });

  it("holds no secret, no value of a query, no header and no body", async () => {
    await using project = await makeProject(three);
    await run(project, ["--log", "run.log"]);
    await run(project, ["--log", "run.jsonl"]);
    const text = (await linesOf(project)).concat(await linesOf(project, "run.jsonl")).join("\n");
    assert.match(text, /name=next/);
    assert.deepEqual(leaksIn(text, [secret, "s3cret-code", "hello", "Bearer"]), []);
  });

  it("writes JSON lines where the file is named .jsonl", async () => {
    await using project = await makeProject("### a\nGET HOST/a?x=1\n");
    await run(project, ["--log", "run.jsonl"]);
    const values = (await linesOf(project, "run.jsonl")).map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(values.length, 1);
    const { level, name, method, path, query, status, verdict, failure } = values[0] ?? {};
    assert.deepEqual(
      { level, name, method, path, query, status, verdict, failure },
      {
        level: "info",
        name: "a",
        method: "GET",
        path: "/a",
        query: "x",
        status: 200,
        verdict: "verified",
        failure: null,
      },
    );
  });

  it("keeps a request with @no-log out of it, and the requests of a run line below @no-log", async () => {
    await using project = await makeProject(
      "### hidden\n# @no-log\nGET HOST/hidden\n\n### seen\n# @ref hidden\nGET HOST/seen\n\n" +
        "### all\n# @no-log\nrun #seen\n\n### refused\n# @no-log\nGET HOST/{{nothing}}\n",
    );
    const { arrived } = await run(project, [
      "--name",
      "seen",
      "--name",
      "all",
      "--name",
      "refused",
      "--log",
      "run.log",
    ]);
    assert.deepEqual(arrived, ["GET /hidden", "GET /seen", "GET /seen"]);
    const lines = await linesOf(project);
    assert.equal(lines.length, 1, lines.join("\n"));
    assert.match(lines[0] ?? "", / name=seen /);
  });

  it("makes the file for its owner only, and adds to it", { skip: isWindows }, async () => {
    await using project = await makeProject("### a\nGET HOST/a\n");
    for (const _ of [1, 2]) assert.equal((await run(project, ["--log", "run.log"])).stderr, "");
    assert.equal((await stat(project.path("run.log"))).mode & 0o777, 0o600);
    assert.equal((await linesOf(project)).length, 2);
  });

  it("warns of a file that others can read, and leaves its mode alone", { skip: isWindows }, async () => {
    await using project = await makeProject("### a\nGET HOST/a\n");
    await project.write("run.log", "before\n");
    await chmod(project.path("run.log"), 0o644);
    const { exitCode, stderr } = await run(project, ["--log", "run.log"]);
    assert.equal(exitCode, 0);
    assert.match(
      stderr,
      /Other users of this machine can read the log run\.log \(mode 0644\)\. Run: chmod 600 run\.log/,
    );
    assert.equal((await linesOf(project)).length, 2);
    assert.equal((await stat(project.path("run.log"))).mode & 0o777, 0o644);
  });

  const refusals: readonly [what: string, prepare: (project: TempWorkspace) => Promise<unknown>, reason: RegExp][] = [
    ["a folder", (project) => mkdir(project.path("run.log")), /it is a folder/],
    ["a link, even to a log", linked, /it is a symbolic link/],
    [
      "a pipe that nobody reads",
      (project) => promisify(execFile)("mkfifo", [project.path("run.log")]),
      /not a regular file/,
    ],
    ["a file that is read-only", (project) => project.write("run.log", "", 0o400), /you may not write it/],
  ];
  for (const [what, prepare, reason] of refusals) {
    const skip = isWindows || (what.includes("read-only") && process.getuid?.() === 0);
    it(`sends nothing where the log is ${what}`, { skip }, async () => {
      await using project = await makeProject("### a\nGET HOST/a\n");
      await prepare(project);
      const { exitCode, stderr, arrived } = await run(project, ["--log", "run.log"]);
      assert.deepEqual([exitCode, arrived], [3, []]);
      assert.match(stderr, /The log run\.log cannot be written \[value\.unwritable-file\]/);
      assert.match(stderr, reason);
    });
  }

  it("sends nothing where the log is a pipe with a reader, a device, or in a folder that is not there", {
    skip: isWindows,
  }, async () => {
    await using project = await makeProject("### a\nGET HOST/a\n");
    await promisify(execFile)("mkfifo", [project.path("pipe")]);
    const reader = await open(project.path("pipe"), "r+");
    for (const log of ["pipe", "/dev/null", "none/run.log"]) {
      const { exitCode, arrived } = await run(project, ["--log", log]);
      assert.deepEqual([exitCode, arrived], [3, []], log);
    }
    await reader.close();
  });

  it("tells a --json reader that nothing ran", async () => {
    await using project = await makeProject("### a\nGET HOST/a\n");
    const { exitCode, stdout } = await run(project, ["--json", "--log", "none/run.log"]);
    const { exchanges, summary } = JSON.parse(stdout) as { exchanges: unknown[]; summary: { problems: number } };
    assert.deepEqual([exitCode, exchanges, summary.problems], [3, [], 1]);
  });

  it("makes no log for a run that has nothing to send", async () => {
    await using project = await makeProject("### a\nGET HOST/a\n");
    assert.equal((await run(project, ["--name", "nobody", "--log", "run.log"])).exitCode, 3);
    await assert.rejects(stat(project.path("run.log")), { code: "ENOENT" });
  });

  it("has the line of a request that was interrupted", { skip: isWindows }, async () => {
    await using project = await makeProject("### a\nGET HOST/a\n\n### b\nGET SILENT/b\n\n### c\nGET HOST/c\n");
    const child = startPadlock(["run", "a.https", "--log", "run.log"], { cwd: project.root });
    const result = finished(child);
    while (silent.recorded.length === 0 && child.exitCode === null) await delay(20);
    assert.equal((await linesOf(project)).length, 1, "the line of the first is there while the second runs");
    child.kill("SIGINT");
    assert.equal((await result).exitCode, 130);
    const lines = await linesOf(project);
    assert.equal(lines.length, 2);
    assert.match(lines[1] ?? "", /^level=info .* name=b .* failure=canceled /);
  });

  it("keeps lines whole when several runs share the file", async () => {
    await using project = await makeProject(
      Array.from({ length: 10 }, (_, index) => `### r${index}\nGET HOST/${"x".repeat(900)}\n`).join("\n"),
    );
    await Promise.all([1, 2, 3].map(() => run(project, ["--log", "run.log"])));
    const lines = await linesOf(project);
    assert.equal(lines.length, 30);
    for (const line of lines) assert.match(line, /^level=info time=\S+ name=r\d .* id=\S+$/);
  });

  it("writes to standard error for -, beside the results", async () => {
    await using project = await makeProject("### a\nGET HOST/a\n");
    const { stdout, stderr } = await run(project, ["--log", "-"]);
    assert.match(stderr, /^level=info .* name=a .*\n$/);
    assert.doesNotMatch(stdout, /level=info/);
  });

  it("says that the log has a gap, and does not end with 0", { skip: process.platform !== "linux" }, async () => {
    await using project = await makeProject("### a\nGET HOST/a\n\n### b\nGET HOST/b\n");
    // A limit on the size of files is what a full disk is: the write fails while the run goes on.
    const limited = await promisify(execFile)(
      "sh",
      ["-c", 'trap "" XFSZ; ulimit -f 0; exec "$0" "$@"', process.execPath, ...programArguments("--log", "run.log")],
      { cwd: project.root, env: { PATH: process.env["PATH"] ?? "" } },
    ).catch((error: { code: number; stdout: string; stderr: string }) => error);
    assert.equal("code" in limited ? limited.code : 0, 3, limited.stderr);
    assert.match(limited.stderr, /The log run\.log is not complete/);
    assert.match(limited.stdout, /✓ b /);
  });
});

function programArguments(...args: readonly string[]): string[] {
  return [program, "run", "a.https", ...args];
}

async function linked(project: TempWorkspace): Promise<void> {
  await project.write("other.log", "");
  await symlink(project.path("other.log"), project.path("run.log"));
}
