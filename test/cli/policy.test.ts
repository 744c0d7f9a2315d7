import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { createTestPki, type TestPki } from "../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../support/temp.ts";
import { padlock } from "./padlock.ts";

let pki: TestPki;
let server: TlsServer;
/** Its authority is in nobody's settings. */
let unknown: TlsServer;

before(async () => {
  const other = await createTestPki();
  pki = await createTestPki();
  [server, unknown] = await Promise.all([
    startTlsServer(serverIdentity(pki.server)),
    startTlsServer(serverIdentity(other.server)),
  ]);
});
after(() => Promise.all([server?.close(), unknown?.close()]));

const environment = { API_TOKEN: "pl4nted-secret-value" };

function makeProject(text: string, settings: object = {}): Promise<TempWorkspace> {
  return makeWorkspace({
    ".git/HEAD": "",
    "certs/ca.pem": pki.root.certificatePem,
    ".vscode/settings.json": JSON.stringify(
      { "padlock.hosts": { "localhost:*": { ca: ["certs/ca.pem"] } }, ...settings },
      null,
      2,
    ),
    "api.https": text,
  });
}

describe("padlock run refuses by policy", () => {
  it("a secret that is not listed, with 4 and with what would allow it; the server gets nothing", async () => {
    await using project = await makeProject(`GET ${server.url}/\nAuthorization: Bearer {{$env.API_TOKEN}}\n`);
    const before = server.connections;
    const { exitCode, stdout, stderr } = await padlock(["run", "api.https"], { cwd: project.root, environment });
    assert.equal(exitCode, 4, stdout + stderr);
    const host = `localhost:${server.port}`;
    assert.match(stdout, /\[policy\.secret-not-allowed\]/);
    assert.match(stdout, /--> api\.https:2:23/);
    const text = stdout.replace(/\s+/g, " ");
    assert.ok(text.includes(`"padlock.secrets": { "API_TOKEN": ["${host}"] }`), stdout);
    assert.ok(text.includes(`--allow-secret API_TOKEN=${host}`), stdout);
    assert.ok(text.includes(`"padlock.publicEnv": ["API_TOKEN"]`), stdout);
    assert.deepEqual([server.connections, stdout.includes("pl4nted")], [before, false]);
  });

  it("not what --allow-secret allows for this run", async () => {
    const text = `GET ${server.url}/\nAuthorization: Bearer {{$env.API_TOKEN}}\n`;
    await using project = await makeProject(text, { "padlock.secrets": { API_TOKEN: ["api.example.com"] } });
    const run = (host: string) =>
      padlock(["run", "api.https", "--allow-secret", `API_TOKEN=${host}`], { cwd: project.root, environment });
    const before = server.recorded.length;
    assert.equal((await run(`localhost:${server.port + 1}`)).exitCode, 4);
    assert.equal(server.recorded.length, before);
    const allowed = await run(`localhost:${server.port}`);
    assert.equal(allowed.exitCode, 0, allowed.stdout + allowed.stderr);
    assert.ok(server.recorded.at(-1)?.rawHeaders.includes(`Bearer ${environment.API_TOKEN}`));
    assert.ok(!(allowed.stdout + allowed.stderr).includes("pl4nted"));
  });

  it("a certificate that does not verify, whatever the workspace says; only --unverified accepts it", async () => {
    const host = `localhost:${unknown.port}`;
    await using project = await makeProject(`GET ${unknown.url}/\n`, { "padlock.unverifiedHosts": [host] });
    const run = (...args: string[]) => padlock(["run", "api.https", ...args], { cwd: project.root });
    const refused = await run();
    assert.equal(refused.exitCode, 2, refused.stdout + refused.stderr);
    assert.deepEqual([unknown.recorded.length, unknown.receivedBytes], [0, 0]);
    assert.equal((await run("--unverified", "other.test")).exitCode, 2);
    assert.equal(unknown.recorded.length, 0);
    const accepted = await run("--unverified", host);
    assert.equal(accepted.exitCode, 0, accepted.stdout + accepted.stderr);
    assert.equal(unknown.recorded.length, 1);
  });

  it("plain http to another machine, before its name is even looked up", async () => {
    await using project = await makeProject("GET http://api.invalid/\n", { "padlock.plainHttpHosts": ["api.invalid"] });
    const run = (...args: string[]) => padlock(["run", "api.https", ...args], { cwd: project.root });
    const refused = await run();
    assert.equal(refused.exitCode, 4, refused.stdout + refused.stderr);
    assert.match(refused.stdout.replace(/\s+/g, " "), /\[policy\.plain-http\].*--plain-http api\.invalid/);
  });

  it("a secret over plain http, also where the person allows the host", async () => {
    const text = "GET http://api.invalid/\nA: {{$env.API_TOKEN}}\n";
    await using project = await makeProject(text, { "padlock.secrets": { API_TOKEN: ["api.invalid"] } });
    const args = ["run", "api.https", "--plain-http", "api.invalid"];
    const refused = await padlock(args, { cwd: project.root, environment });
    assert.equal(refused.exitCode, 4, refused.stdout + refused.stderr);
    assert.match(refused.stdout, /\[policy\.unverified-host\]/);
  });

  it("a file outside of the workspace folder, unless --outside-path names its folder", async () => {
    await using outside = await makeWorkspace({ "ca/ca.pem": pki.root.certificatePem });
    const text = `curl --cacert ${outside.path("ca/ca.pem")} ${server.url}/outside\n`;
    await using project = await makeProject(text);
    const run = (...args: string[]) => padlock(["run", "api.https", ...args], { cwd: project.root });
    const before = server.recorded.length;
    const refused = await run();
    assert.equal(refused.exitCode, 4, refused.stdout + refused.stderr);
    assert.equal(server.recorded.length, before);
    const allowed = await run("--outside-path", outside.path("ca"));
    assert.equal(allowed.exitCode, 0, allowed.stdout + allowed.stderr);
    assert.equal(server.recorded.at(-1)?.url, "/outside");
  });
});

describe("what --var answers a secret prompt with", () => {
  const prompt = "# @secret-prompt PASSWORD\n";
  const run = (project: TempWorkspace) =>
    padlock(["run", ".", "--var", "PASSWORD=hunter2-hunter2", "--allow-secret", "PASSWORD=api.example.com"], {
      cwd: project.root,
    });

  for (const [where, text, other] of [
    ["another block", `${prompt}GET URL/1?{{PASSWORD}}\n\n###\nGET URL/2?{{PASSWORD}}\n`, ""],
    ["a plain prompt", `${prompt}GET URL/1?{{PASSWORD}}\n\n###\n# @prompt PASSWORD\nGET URL/2?{{PASSWORD}}\n`, ""],
    ["another file", `${prompt}GET URL/1?{{PASSWORD}}\n`, "GET URL/2?{{PASSWORD}}\n"],
  ] as const) {
    it(`is no variable of ${where}`, async () => {
      await using project = await makeProject(text.replaceAll("URL", server.url));
      if (other !== "") await project.write("b.https", other.replaceAll("URL", server.url));
      const before = server.recorded.length;
      const { exitCode, stdout, stderr } = await run(project);
      assert.equal(exitCode, 4, stdout + stderr);
      assert.deepEqual([server.recorded.length, (stdout + stderr).includes("hunter2")], [before, false]);
    });
  }
});

describe("a repository's link in the place of a request file", () => {
  it("shows nothing of the file that it leads to", async () => {
    await using project = await makeProject(`GET ${server.url}/\n`);
    await project.write(".env", "pl4nted-secret-value = 1\n");
    await symlink(".env", project.path("link.https"));
    for (const command of ["run", "check", "list"]) {
      const { exitCode, stdout, stderr } = await padlock([command, "."], { cwd: project.root });
      assert.equal(exitCode, 3, stdout + stderr);
      assert.match(stdout + stderr, /link\.https is no request file/);
      assert.doesNotMatch(stdout + stderr, /pl4nted/);
    }
  });
});

describe("padlock check", () => {
  it("warns of settings that do not count in a workspace, at their places", async () => {
    await using project = await makeProject(`GET ${server.url}/\n`, {
      "padlock.unverifiedHosts": ["a.test"],
      "padlock.outsidePaths": ["/etc"],
    });
    const { exitCode, stdout } = await padlock(["check", "--json"], { cwd: project.root });
    const findings: { file: string; line: number; severity: string; code: string }[] = JSON.parse(stdout);
    assert.equal(exitCode, 0, stdout);
    assert.deepEqual(
      findings.map(({ file, line, severity, code }) => `${file}:${line} ${severity} ${code}`),
      [
        ".vscode/settings.json:9 warning settings.machine-scope",
        ".vscode/settings.json:12 warning settings.machine-scope",
      ],
    );
    assert.equal((await padlock(["check", "--max-warnings", "0"], { cwd: project.root })).exitCode, 3);
  });

  it("refuses a name that is public and a secret, and knows public names", async () => {
    const text = `GET ${server.url}/{{$env.TENANT}}\n`;
    await using clear = await makeProject(text, { "padlock.publicEnv": ["TENANT"] });
    assert.deepEqual(JSON.parse((await padlock(["check", "--json"], { cwd: clear.root })).stdout), []);
    await using both = await makeProject(text, { "padlock.publicEnv": ["TENANT"], "padlock.secrets": { TENANT: [] } });
    const result = await padlock(["check"], { cwd: both.root });
    assert.equal(result.exitCode, 3);
    assert.match(result.stdout, /names TENANT as public, but "padlock\.secrets" lists it as a secret/);
  });
});
