import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { describe, it } from "node:test";
import { startTlsServer } from "../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../support/temp.ts";
import { padlock } from "./padlock.ts";

/** What `--json` writes. */
interface Document {
  readonly kind: string;
  readonly files: readonly { readonly path: string; readonly what: string }[];
  readonly certificate: { readonly fingerprint256: string; readonly notAfter: string };
  readonly settings: { readonly "padlock.hosts": Readonly<Record<string, object>> };
  readonly settingsFile: string;
  readonly written: boolean;
  readonly warnings: readonly string[];
}

type Environment = Readonly<Record<string, string>>;

function certs({ root }: TempWorkspace, args: readonly string[], environment: Environment = {}) {
  return padlock(["certs", ...args], { cwd: root, environment });
}

async function json(project: TempWorkspace, args: readonly string[], environment?: Environment): Promise<Document> {
  const { exitCode, stdout, stderr } = await certs(project, [...args, "--json"], environment);
  assert.equal(exitCode, 0, stderr);
  return JSON.parse(stdout);
}

/** A server with the certificate that was made for it; it asks for a client's. */
async function startServer(project: TempWorkspace) {
  const [cert, key, ca] = await Promise.all(
    ["server-localhost.pem", "server-localhost-key.pem", "ca.pem"].map((name) => project.read(`certs/${name}`)),
  );
  return startTlsServer({ cert, key, ca, requestCert: true, rejectUnauthorized: true });
}

describe("padlock certs", () => {
  it("makes all that mutual TLS needs: the printed settings are enough to send a request", async () => {
    await using project = await makeWorkspace();
    const init = await certs(project, ["init"]);
    assert.equal(init.exitCode, 0, init.stderr);
    assert.equal(init.stderr, "");
    assert.match(init.stdout, /^✓ An authority for development\n {2}certs\/ca\.pem {6,}certificate\n/);
    assert.match(init.stdout, /^ {2}SHA-256 {6}(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/m);
    assert.match(init.stdout, /^ {2}Valid until {2}\d{4}-\d\d-\d\d \(3650 days\)$/m);
    await json(project, ["server", "localhost", "127.0.0.1"]);
    const environment = { CLIENT_KEY: "open sesame" };
    const client = await certs(project, ["client", "alice", "--passphrase-env", "CLIENT_KEY"], environment);
    assert.equal(client.exitCode, 0, client.stderr);
    assert.ok(!(client.stdout + client.stderr).includes("open sesame"));
    const [, pasted] = /--write-settings does that:\n([\s\S]*)$/.exec(client.stdout) ?? [];
    await project.write(".vscode/settings.json", `{\n${pasted}}`);

    await using server = await startServer(project);
    await project.write("api.https", `GET https://localhost:${server.port}/\n`);
    const sent = await padlock(["run", "api.https"], { cwd: project.root, environment });
    assert.equal(sent.exitCode, 0, sent.stdout + sent.stderr);
    assert.match(sent.stdout, /Client {2}CN=alice, O=Padlock development .*sent$/m);
    assert.equal(server.recorded.length, 1);
    const without = await padlock(["run", "api.https"], { cwd: project.root });
    assert.equal(without.exitCode, 3, "the key is encrypted");
    assert.equal(server.recorded.length, 1);
  });

  it("writes the settings of a P12 file beside what is there, and they work", async () => {
    const settings =
      '{\n  // ours\n  "padlock.hosts": {\n    "localhost:*": { "timeout": { "connect": "5s" } }\n  }\n}\n';
    await using project = await makeWorkspace({ ".vscode/settings.json": settings });
    await json(project, ["init", "--key-type", "ec-p384"]);
    await json(project, ["server", "localhost", "--key-type", "rsa-2048"]);
    const environment = { P12: "open sesame" };
    const args = ["client", "bob", "--p12", "--passphrase-env", "P12", "--write-settings"];
    const made = await json(project, args, environment);
    assert.equal(made.written, true);
    assert.equal(made.settingsFile, ".vscode/settings.json");
    assert.deepEqual(made.files, [{ path: "certs/client-bob.p12", what: "certificate and private key" }]);
    const written = await project.read(".vscode/settings.json");
    assert.match(written, /\/\/ ours/);
    assert.match(written, /"connect": "5s"/);
    await using server = await startServer(project);
    await project.write("api.https", `GET https://localhost:${server.port}/\n`);
    const sent = await padlock(["run", "api.https"], { cwd: project.root, environment });
    assert.equal(sent.exitCode, 0, sent.stdout + sent.stderr);
    assert.match(sent.stdout, /Client {2}CN=bob/);

    const other = await certs(project, ["client", "carl", "--no-passphrase", "--write-settings"]);
    assert.equal(other.exitCode, 3);
    assert.match(other.stderr, /localhost:\*: the settings show another client certificate there, which was left/);
    assert.equal(await project.read(".vscode/settings.json"), written);
  });

  it("renews a server's certificate with --force and keeps the authority; without it writes nothing", async () => {
    await using project = await makeWorkspace();
    await json(project, ["init", "--name", "Team"]);
    await json(project, ["server", "localhost"]);
    const authority = await project.read("certs/ca.pem");
    const first = await project.read("certs/server-localhost.pem");
    const refused = await certs(project, ["server", "localhost"]);
    assert.equal(refused.exitCode, 3);
    assert.equal(refused.stdout, "");
    assert.match(refused.stderr, /are there already\nNothing was written\.\nFix: .*--force/);
    assert.equal((await certs(project, ["init"])).exitCode, 3);
    assert.equal(await project.read("certs/server-localhost.pem"), first);
    await json(project, ["server", "localhost", "--force", "--days", "90"]);
    assert.notEqual(await project.read("certs/server-localhost.pem"), first);
    assert.equal(await project.read("certs/ca.pem"), authority);
  });

  it("writes keys for their owner alone, into a folder that Git ignores", async () => {
    await using project = await makeWorkspace();
    await json(project, ["init", "--dir", "secret/dev"]);
    const mode = async (name: string) => (await stat(project.path(name))).mode & 0o777;
    assert.equal(await mode("secret/dev"), 0o700);
    assert.equal(await mode("secret/dev/ca-key.pem"), 0o600);
    assert.equal(await mode("secret/dev/ca.pem"), 0o644);
    assert.match(await project.read("secret/dev/.gitignore"), /^\*$/m);
  });

  it("finds the settings above the current folder and names the files from there", async () => {
    await using project = await makeWorkspace({ ".vscode/settings.json": "{}", "services/api/readme": "" });
    const cwd = project.path("services/api");
    const { stdout, exitCode } = await padlock(["certs", "init", "--json", "--write-settings"], { cwd });
    assert.equal(exitCode, 0);
    const made = JSON.parse(stdout) as Document;
    assert.equal(made.files[0]?.path, "certs/ca.pem");
    assert.equal(made.settingsFile, project.path(".vscode/settings.json"));
    const hosts = { "localhost:*": { ca: ["services/api/certs/ca.pem"] } };
    assert.deepEqual(JSON.parse(await readFile(made.settingsFile, "utf8")), { "padlock.hosts": hosts });
  });

  it("says what settings need for files outside of the project", async () => {
    await using project = await makeWorkspace();
    await using outside = await makeWorkspace();
    assert.equal((await certs(project, ["init", "--dir", "../elsewhere"])).exitCode, 3);
    const made = await json(project, ["init", "--dir", outside.path("dev")]);
    assert.match(made.warnings.join(), /padlock\.outsidePaths/);
    assert.deepEqual(made.settings["padlock.hosts"], { "localhost:*": { ca: [outside.path("dev/ca.pem")] } });
  });

  const wrong: readonly (readonly [args: readonly string[], exitCode: number, says: RegExp])[] = [
    [["server", "https://localhost:8443"], 64, /cannot be a server's name\n.*\nFix: Write localhost\./],
    [["server", "localhost"], 3, /no authority yet\n.*\nFix: Make one first: padlock certs init/],
    [["client", "a", "--p12"], 64, /P12 file needs a passphrase\n.*no terminal/],
    [["client", "a", "--passphrase-env", "UNSET_HERE"], 3, /UNSET_HERE is not set.*\[variable\.unset\]/],
  ];
  it("answers wrong usage with what to write, and makes nothing", async () => {
    await using project = await makeWorkspace();
    const results = await Promise.all(wrong.map(([args]) => certs(project, args)));
    for (const [index, { exitCode, stdout, stderr }] of results.entries()) {
      const [args, expected, says] = wrong[index] ?? [[], 0, /never/];
      assert.equal(exitCode, expected, `${args.join(" ")}: ${stderr}`);
      assert.equal(stdout, "");
      assert.match(stderr, says, args.join(" "));
    }
    await assert.rejects(stat(project.path("certs")));
  });
});
