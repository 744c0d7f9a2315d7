import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { createTestPki, type TestPki } from "../support/pki.ts";
import { handlers, serverIdentity, startTlsServer, type TlsServer } from "../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../support/temp.ts";
import { leaksIn, treeOf } from "../support/tree.ts";
import { type CommandResult, finished, padlock, startPadlock } from "./padlock.ts";

const secrets = { API_TOKEN: "tok-9f3Qz+77/plain", pin: "48-15-16-pin" };

let pki: TestPki;
let server: TlsServer;
let silent: TlsServer;

before(async () => {
  pki = await createTestPki();
  server = await startTlsServer({
    ...serverIdentity(pki.server),
    ca: pki.root.certificatePem,
    requestCert: true,
    handler: (request, response) => {
      if (request.url === "/broken") return void request.socket.destroy();
      response.setHeader("set-cookie", `sid=${request.headers["x-token"]}`);
      response.setHeader("cache-control", "max-age=600");
      return void response.end(JSON.stringify({ echo: request.headers, token: secrets.API_TOKEN }));
    },
  });
  silent = await startTlsServer({ ...serverIdentity(pki.server), handler: handlers.neverAnswer });
});
after(() => Promise.all([server?.close(), silent?.close()]));

/** All that a session can do: secrets, a prompt, a client certificate, a body file, needed requests, and every failure. */
const requests = `### login
# @secret-prompt pin
POST https://HOST/login
X-Token: {{$env.API_TOKEN}}
Authorization: {{$basic "alice" pin}}

< ./body.json

### next
# @ref login
GET https://HOST/next/{{login.response.body.$.token}}

### broken
GET https://HOST/broken

### refused
GET https://HOST/{{$env.OTHER}}

### nobody
GET https://localhost:1/
`;

/** A home, a temporary folder and a workspace, each of its own, where whatever is written is seen. */
async function makeMachine(): Promise<TempWorkspace> {
  const [host, quiet] = [server, silent].map(({ port }) => `localhost:${port}`);
  const machine = await makeWorkspace({
    "work/certs/ca.pem": pki.root.certificatePem,
    "work/certs/client.pem": pki.client.certificatePem,
    "work/certs/client.key": pki.client.privateKeyPem,
    "work/body.json": '{ "user": "alice" }\n',
    "work/.vscode/settings.json": JSON.stringify({
      "padlock.hosts": {
        "localhost:*": { ca: ["certs/ca.pem"], cert: "certs/client.pem", key: "certs/client.key" },
      },
      "padlock.secrets": { API_TOKEN: [host], pin: [host] },
    }),
    "work/a.https": requests.replaceAll("HOST", host ?? ""),
    "work/slow.https": `GET https://${quiet}/slow\n`,
  });
  for (const name of ["home", "tmp"]) await mkdir(machine.path(name));
  return machine;
}

function environmentOf({ path }: TempWorkspace): Record<string, string> {
  const [HOME, TMPDIR] = [path("home"), path("tmp")];
  const xdg = ["CACHE", "CONFIG", "DATA", "STATE"].map((what) => [`XDG_${what}_HOME`, `${HOME}/${what}`]);
  const windows = { USERPROFILE: HOME, APPDATA: HOME, LOCALAPPDATA: HOME, TEMP: TMPDIR, TMP: TMPDIR };
  return { HOME, TMPDIR, ...windows, ...Object.fromEntries(xdg), ...secrets };
}

function run(machine: TempWorkspace, args: readonly string[]): Promise<CommandResult> {
  return padlock(["run", "a.https", ...args], { cwd: machine.path("work"), environment: environmentOf(machine) });
}

describe("what stays on the disk", () => {
  it("is nothing after a run, whatever happened in it", async () => {
    await using machine = await makeMachine();
    const before = await treeOf(machine.root);
    const seen = server.recorded.length;
    const { stdout } = await run(machine, ["--json"]);
    assert.match(stdout, /"name":"next".*"status":200/);
    assert.ok(server.recorded.length >= seen + 3, "requests were sent");
    assert.deepEqual(await treeOf(machine.root), before);
  });

  it("is nothing after list, check and a run that was interrupted", {
    skip: process.platform === "win32",
  }, async () => {
    await using machine = await makeMachine();
    const before = await treeOf(machine.root);
    const cwd = machine.path("work");
    const environment = environmentOf(machine);
    for (const command of ["list", "check"]) await padlock([command], { cwd, environment });
    const child = startPadlock(["run", "slow.https"], { cwd, environment });
    const result = finished(child);
    const seen = silent.recorded.length;
    while (silent.recorded.length === seen && child.exitCode === null) await delay(20);
    child.kill("SIGINT");
    assert.equal((await result).exitCode, 130);
    assert.deepEqual(await treeOf(machine.root), before);
  });

  it("is the log alone with --log, and no secret is in it", async () => {
    await using machine = await makeMachine();
    const before = await treeOf(machine.root);
    await run(machine, ["--log", "run.log"]);
    const { "work/run.log": log, ...rest } = await treeOf(machine.root);
    assert.deepEqual(rest, before);
    assert.match(log ?? "", process.platform === "win32" ? /^file / : /^file 600 level=/);
    const text = await readFile(machine.path("work/run.log"), "utf8");
    assert.match(text, / name=next .*path=\/next\/\{\{/);
    assert.deepEqual(leaksIn(text, [...Object.values(secrets), `alice:${secrets.pin}`]), []);
  });

  it("is nothing after the engine ran by itself, in a process of its own", async () => {
    await using machine = await makeMachine();
    const before = await treeOf(machine.root);
    const engine = new URL("../../src/engine/index.ts", import.meta.url).href;
    const script = `
      const { createEngine } = await import(${JSON.stringify(engine)});
      const { readFile } = await import("node:fs/promises");
      const engine = createEngine({
        environment: { get: (name) => process.env[name] },
        secret: async () => undefined,
        prompt: async () => process.env.pin,
      });
      const file = process.cwd() + "/a.https";
      const text = await readFile(file, "utf8");
      const settings = await engine.findSettings(file);
      const input = { text, file, settings, trusted: true, environmentName: "", signal: new AbortController().signal };
      const views = [];
      for (const block of [0, 1, 2, 3, 4]) views.push(await engine.run({ ...input, block }));
      await engine.close();
      console.log(views.map(({ response, failure }) => response?.status ?? failure.code).join(" "));
      process.exit();
    `;
    const { PATH = "" } = process.env;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: machine.path("work"),
      env: { PATH, ...environmentOf(machine) },
      timeout: 30_000,
    });
    const { stdout, stderr } = await finished(child);
    assert.match(stdout, /^200 200 \S+ \S+ network\.refused\n$/, stdout + stderr);
    assert.deepEqual(await treeOf(machine.root), before);
  });
});
