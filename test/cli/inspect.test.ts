import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestPki, type TestPki } from "../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../support/temp.ts";
import { padlock } from "./padlock.ts";

let pki: TestPki;
/** Must be shown a client certificate, and speaks TLS 1.3 only. */
let mutual: TlsServer;
let expired: TlsServer;

before(async () => {
  pki = await createTestPki();
  const identity = await pki.root.issueServer({
    name: "localhost",
    hosts: ["localhost"],
    notBefore: new Date("2020-01-01T00:00:00Z"),
    notAfter: new Date("2021-01-01T00:00:00Z"),
  });
  const asking = { ca: pki.root.certificatePem, requestCert: true, rejectUnauthorized: true };
  [mutual, expired] = await Promise.all([
    startTlsServer({ ...serverIdentity(pki.server), ...asking, minVersion: "TLSv1.3" }),
    startTlsServer(serverIdentity(identity)),
  ]);
});

after(() => Promise.all([mutual?.close(), expired?.close()]));

function makeProject(hosts: object): Promise<TempWorkspace> {
  return makeWorkspace({
    "certs/ca.pem": pki.root.certificatePem,
    "certs/client.pem": pki.client.certificatePem,
    "certs/client.key": pki.client.privateKeyPem,
    ".vscode/settings.json": JSON.stringify({ "padlock.hosts": hosts }),
  });
}

const ca = ["certs/ca.pem"];
const client = { cert: "certs/client.pem", key: "certs/client.key" };

describe("padlock inspect", () => {
  it("tells all of a verified server's TLS, and sends it no byte", async () => {
    await using project = await makeProject({ "localhost:*": { ca, ...client } });
    const { exitCode, stdout, stderr } = await padlock(["inspect", `localhost:${mutual.port}`], { cwd: project.root });
    assert.equal(exitCode, 0, stdout + stderr);
    assert.match(stdout, /^localhost:\d+ {2}Verified · TLS 1\.3 · client certificate sent\n/);
    assert.match(stdout, /^ {2}1 {2}CN=localhost \(server\)$/m);
    assert.match(stdout, /^ {2}Session tickets {3}\d tickets? received/m);
    assert.match(stdout, /^ {2}TLS 1\.0 {2}refused\n {2}TLS 1\.1 {2}refused\n {2}TLS 1\.2 {2}refused\n/m);
    assert.match(stdout, /^ {2}TLS 1\.3 {2}accepted {2}TLS_/m);
    assert.equal(mutual.receivedBytes, 0);
  });

  it("refuses an environment that no environment file defines, and connects nowhere", async () => {
    await using project = await makeProject({ "localhost:*": [{ environment: "dev", ca }] });
    const { connections } = mutual;
    const args = ["inspect", `localhost:${mutual.port}`, "--env", "dev"];
    const { exitCode, stderr } = await padlock(args, { cwd: project.root });
    assert.deepEqual([exitCode, mutual.connections], [3, connections]);
    assert.match(stderr, /There is no environment "dev"/);
  });

  it("ends with 2 where the server is not verified, and shows what it showed", async () => {
    await using project = await makeProject({ "localhost:*": { ca } });
    const { exitCode, stdout } = await padlock(["inspect", `https://localhost:${expired.port}/x`], {
      cwd: project.root,
    });
    assert.equal(exitCode, 2);
    assert.match(stdout, /Not verified · certificate expired\n\n.*\[tls\.expired\]$/m);
    assert.match(stdout, /^ {2}1 {2}CN=localhost/m);
    assert.equal(expired.receivedBytes, 0);
  });

  it("says that the server wants a client certificate, which TLS 1.3 tells only after the handshake", async () => {
    await using project = await makeProject({ "localhost:*": { ca } });
    const result = await padlock(["inspect", `localhost:${mutual.port}`, "--json"], { cwd: project.root });
    assert.equal(result.exitCode, 2, result.stdout);
    const view = JSON.parse(result.stdout);
    assert.equal(view.failure.code, "tls.client-certificate-required");
    assert.equal(view.failure.requestSent, false);
    assert.equal(view.connection.tls.clientCertificate.requested, true);
    const accepted = view.versions.map((probe: { accepted: boolean | null }) => probe.accepted);
    assert.deepEqual(accepted, [false, false, false, true]);
  });

  it("verifies the name of --servername", async () => {
    await using project = await makeProject({ "127.0.0.1:*": { ca, ...client } });
    const inspect = (name: string) =>
      padlock(["inspect", `127.0.0.1:${mutual.port}`, "--servername", name, "--json"], { cwd: project.root });
    const [right, wrong] = await Promise.all([inspect("localhost"), inspect("other.test")]);
    assert.equal(right.exitCode, 0, right.stdout);
    assert.equal(JSON.parse(right.stdout).connection.tls.nameOverride, "localhost");
    assert.equal(wrong.exitCode, 2);
    const { failure } = JSON.parse(wrong.stdout);
    assert.equal(failure.code, "tls.hostname-mismatch");
    assert.match(failure.detail, /must be for other\.test \(--servername\)/);
    assert.match(failure.fix, /^Correct --servername, or take it out/);
  });

  it("ends with 3 where a client certificate's file is missing, without a connection", async () => {
    await using project = await makeProject({ "localhost:*": { ca, cert: "certs/none.pem", key: "certs/client.key" } });
    const before = mutual.connections;
    const { exitCode, stdout } = await padlock(["inspect", `localhost:${mutual.port}`], { cwd: project.root });
    assert.equal(exitCode, 3);
    assert.match(stdout, /\[identity\.file-missing\]/);
    assert.equal(mutual.connections, before);
  });
});
