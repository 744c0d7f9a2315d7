import assert from "node:assert/strict";
import { mkdir, rename, rm, symlink } from "node:fs/promises";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { TLSSocket } from "node:tls";
import type { TlsProfile } from "../../../src/settings/tls-profile.ts";
import { loadIdentity } from "../../../src/transport/identity.ts";
import { createTransport, type Transport } from "../../../src/transport/index.ts";
import { createTestPki, type Identity, makePfx, type TestPki } from "../../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { expanded, failureOf, fileReference, get, noProfile, responseOf } from "./support.ts";

describe("files of an identity that change during a session", () => {
  let pki: TestPki;
  let next: Identity;
  let server: TlsServer;
  let transport: Transport;
  let workspace: TempWorkspace;

  before(async () => {
    pki = await createTestPki();
    next = await pki.root.issueClient({ name: "Next" });
    server = await startTlsServer({
      ...serverIdentity(pki.server),
      ca: pki.root.certificatePem,
      requestCert: true,
      rejectUnauthorized: true,
      handler: ({ socket }, response) => response.end((socket as TLSSocket).getPeerCertificate().subject.CN),
    });
  });
  after(() => server.close());
  beforeEach(async () => {
    workspace = await makeWorkspace({
      "ca.pem": pki.root.certificatePem,
      "client.pem": pki.client.chainPem,
      "client.key": pki.client.privateKeyPem,
      "client.p12": makePfx(pki.client, { passphrase: "a" }),
    });
    transport = createTransport();
  });
  afterEach(async () => {
    await transport.close();
    await workspace.remove();
  });

  const file = (name: string, member: string) => ({
    ...fileReference(workspace.path(name), member),
    folders: [workspace.root],
  });
  const pair = (): TlsProfile => ({
    ...noProfile,
    ca: [file("ca.pem", "ca")],
    cert: file("client.pem", "cert"),
    key: file("client.key", "key"),
  });
  const send = (profile = pair()) => transport.send(get(server.url, { profile }), new AbortController().signal);
  const shown = async (profile?: TlsProfile) => Buffer.from(responseOf(await send(profile)).body).toString();

  test("unchanged ones are not read again, and the connection is kept", async () => {
    assert.equal(await loadIdentity(pair()), await loadIdentity(pair()));
    const { connections } = server;
    await shown();
    await shown();
    assert.equal(server.connections, connections + 1);
  });

  test("a rotated certificate is shown by the next request", async () => {
    assert.equal(await shown(), "Test Client");
    await workspace.write("client.pem", next.certificatePem);
    await workspace.write("client.key", next.privateKeyPem);
    assert.equal(await shown(), "Next");
  });

  test("also where a new file takes the place of the old one, with the same size and at once", async () => {
    const replace = async (certificate: string, key: string) => {
      await workspace.write("new.pem", certificate);
      await workspace.write("new.key", key);
      await rename(workspace.path("new.pem"), workspace.path("client.pem"));
      await rename(workspace.path("new.key"), workspace.path("client.key"));
    };
    for (let round = 0; round < 5; round++) {
      assert.equal(await shown(), "Test Client");
      await replace(next.certificatePem, next.privateKeyPem);
      assert.equal(await shown(), "Next");
      await replace(pki.client.certificatePem, pki.client.privateKeyPem);
    }
  });

  test("a deleted one is missed before anything is sent", async () => {
    for (const name of ["client.key", "client.pem", "ca.pem"]) {
      const text = await workspace.read(name);
      assert.equal(await shown(), "Test Client");
      await rm(workspace.path(name));
      const { requests, connections } = server;
      assert.equal(failureOf(await send()).code, "identity.file-missing");
      assert.deepEqual([server.requests, server.connections], [requests, connections]);
      await workspace.write(name, text);
    }
    assert.equal(await shown(), "Test Client");
  });

  test("another authority counts from the next request on", async () => {
    await shown();
    await workspace.write("ca.pem", (await createTestPki()).root.certificatePem);
    const { receivedBytes } = server;
    assert.equal(failureOf(await send()).code, "tls.unknown-authority");
    assert.equal(server.receivedBytes, receivedBytes);
  });

  test("another passphrase opens nothing that was opened before", async () => {
    const pfx = (passphrase: string): TlsProfile => ({
      ...noProfile,
      ca: [file("ca.pem", "ca")],
      pfx: file("client.p12", "pfx"),
      passphrase: expanded(passphrase),
    });
    assert.equal(await shown(pfx("a")), "Test Client");
    assert.equal(failureOf(await send(pfx("b"))).code, "identity.passphrase-wrong");
    assert.equal(failureOf(await send({ ...pfx("a"), passphrase: undefined })).code, "identity.passphrase-missing");
    assert.equal(await shown(pfx("a")), "Test Client");
  });

  test("a link that leads out of the workspace by now is not followed", {
    skip: process.platform === "win32",
  }, async () => {
    await using outside = await makeWorkspace({ "client.key": pki.client.privateKeyPem });
    assert.equal(await shown(), "Test Client");
    await rm(workspace.path("client.key"));
    await symlink(outside.path("client.key"), workspace.path("client.key"));
    const { requests } = server;
    assert.equal(failureOf(await send()).code, "policy.path-outside-workspace");
    assert.equal(server.requests, requests);
  });

  test("nor a folder on the way that became such a link", { skip: process.platform === "win32" }, async () => {
    await using outside = await makeWorkspace({ "certs/client.key": pki.client.privateKeyPem });
    await workspace.write("certs/client.key", pki.client.privateKeyPem);
    const profile = () => ({ ...pair(), key: file("certs/client.key", "key") });
    assert.equal(await shown(profile()), "Test Client");
    await rename(workspace.path("certs"), workspace.path("old"));
    await symlink(outside.path("certs"), workspace.path("certs"));
    assert.equal(failureOf(await send(profile())).code, "policy.path-outside-workspace");
  });

  test("nor one whose allowed folder leads elsewhere by now", { skip: process.platform === "win32" }, async () => {
    await using outside = await makeWorkspace({ "keys/client.key": pki.client.privateKeyPem });
    await mkdir(workspace.path("empty"));
    await symlink(outside.path("keys"), workspace.path("allowed"));
    const key = {
      ...fileReference(outside.path("keys/client.key"), "key"),
      folders: [workspace.root, workspace.path("allowed")],
    };
    assert.equal(await shown({ ...pair(), key }), "Test Client");
    await rm(workspace.path("allowed"));
    await symlink(workspace.path("empty"), workspace.path("allowed"));
    assert.equal(failureOf(await send({ ...pair(), key })).code, "policy.path-outside-workspace");
  });

  test("a folder of authorities: an added one counts, a removed one does not", async () => {
    const other = await createTestPki();
    await workspace.write("authorities/other.crt", other.root.certificatePem);
    const profile = () => ({ ...pair(), ca: [file("authorities", "ca")] });
    assert.equal(failureOf(await send(profile())).code, "tls.unknown-authority");
    await workspace.write("authorities/own.pem", pki.root.certificatePem);
    assert.equal(await shown(profile()), "Test Client");
    await rm(workspace.path("authorities/own.pem"));
    const { receivedBytes } = server;
    assert.equal(failureOf(await send(profile())).code, "tls.unknown-authority");
    assert.equal(server.receivedBytes, receivedBytes);
  });

  test("requests that are sent at once share one reading", async () => {
    const identities = await Promise.all(Array.from({ length: 5 }, () => loadIdentity(pair())));
    assert.equal(new Set(identities).size, 1);
  });
});
