import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { FailureCode } from "../../../src/common/failure.ts";
import { createSelfSigned, createTestPki, type Identity, loopbackHosts, type TestPki } from "../../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { failureOf, fileReference, get, noProfile, responseOf, sendOnce } from "./support.ts";

const day = 86_400_000;
const secretBody = new TextEncoder().encode("the body that must not leave");

describe("a server that does not verify gets no byte of the request", () => {
  let pki: TestPki;
  let workspace: TempWorkspace;
  before(async () => {
    pki = await createTestPki();
    workspace = await makeWorkspace({ "ca.pem": pki.root.certificatePem });
  });
  after(() => workspace.remove());

  const trusting = () => ({ ...noProfile, ca: [fileReference(workspace.path("ca.pem"), "ca")] });

  async function refuse(server: TlsServer, code: FailureCode, changes: Parameters<typeof get>[1] = {}) {
    const result = await sendOnce(
      get(server.url, {
        method: "POST",
        body: secretBody,
        headers: [["X-Token", "secret"]],
        profile: trusting(),
        ...changes,
      }),
    );
    assert.equal(failureOf(result).code, code);
    assert.equal(result.outcome.kind === "failure" && result.outcome.requestSent, false);
    assert.equal(server.receivedBytes, 0, "the server decrypted no byte of the request");
    assert.equal(server.requests, 0);
    return result;
  }

  const cases: readonly [string, FailureCode, () => Promise<Identity>][] = [
    ["expired", "tls.expired", () => issue({ notBefore: ago(30), notAfter: ago(12) })],
    ["not yet valid", "tls.not-yet-valid", () => issue({ notBefore: ago(-2), notAfter: ago(-30) })],
    ["another host's", "tls.hostname-mismatch", () => issue({ hosts: ["wrong.example"] })],
    ["self-signed", "tls.self-signed", () => createSelfSigned({ name: "localhost", hosts: loopbackHosts })],
    ["made for clients", "tls.wrong-purpose", () => issue({ purpose: "client" })],
  ];
  function issue(changes: object) {
    return pki.intermediate.issueServer({ name: "localhost", hosts: loopbackHosts, ...changes });
  }
  function ago(days: number): Date {
    return new Date(Date.now() - days * day);
  }

  for (const [name, code, make] of cases) {
    for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
      test(`${name} certificate on ${version}: ${code}`, async () => {
        const identity = await make();
        await using server = await startTlsServer({
          ...serverIdentity(identity),
          minVersion: version,
          maxVersion: version,
        });
        const { connection } = await refuse(server, code);
        const tls = connection?.tls;
        assert.ok(tls, "the refused handshake is reported");
        assert.equal(tls.verdict.verified, false);
        assert.equal(tls.verdict.code, code);
        assert.equal(tls.chain[0]?.fingerprint256, identity.certificate.fingerprint256, "the refused chain is there");
        assert.equal(tls.chain[0]?.source, "server");
      });
    }
  }

  test("an authority that is not the configured one: tls.unknown-authority, with the chain", async () => {
    const other = await createTestPki();
    await using server = await startTlsServer(serverIdentity(other.server));
    const { connection } = await refuse(server, "tls.unknown-authority");
    assert.deepEqual(
      connection?.tls?.chain.map(({ subjectName }) => subjectName),
      ["localhost", "Test Intermediate"],
    );
  });

  test("without a configured authority the private one is unknown", async () => {
    await using server = await startTlsServer(serverIdentity(pki.server));
    await refuse(server, "tls.unknown-authority", { profile: noProfile });
  });

  test("an intermediate that is not sent: tls.incomplete-chain", async () => {
    await using server = await startTlsServer({ cert: pki.server.certificatePem, key: pki.server.privateKeyPem });
    const failure = failureOf(await refuse(server, "tls.incomplete-chain"));
    assert.match(failure.detail, /Test Intermediate/);
  });

  test("NODE_TLS_REJECT_UNAUTHORIZED=0 changes nothing", async () => {
    await using server = await startTlsServer(
      serverIdentity(await createSelfSigned({ name: "localhost", hosts: loopbackHosts })),
    );
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      await refuse(server, "tls.self-signed");
    } finally {
      delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    }
  });

  test("a Host header does not change the name that is verified", async () => {
    await using server = await startTlsServer(
      serverIdentity(await pki.intermediate.issueServer({ name: "wrong.example", hosts: ["wrong.example"] })),
    );
    await refuse(server, "tls.hostname-mismatch", { headers: [["Host", "wrong.example"]] });
  });

  test("a verified one gets the request, and the report tells how it was verified", async () => {
    await using server = await startTlsServer(serverIdentity(pki.server));
    const result = await sendOnce(get(server.url, { method: "POST", body: secretBody, profile: trusting() }));
    assert.equal(responseOf(result).status, 200);
    assert.deepEqual(server.recorded[0]?.body.toString(), "the body that must not leave");
    const tls = result.connection?.tls;
    assert.equal(tls?.verdict.verified, true);
    assert.match(tls?.verdict.reason ?? "", /Test Root.*ca\.pem/);
    assert.deepEqual(
      tls?.chain.map(({ subjectName, source }) => [subjectName, source]),
      [
        ["localhost", "server"],
        ["Test Intermediate", "server"],
        ["Test Root", "trust store"],
      ],
    );
    assert.equal(tls?.protocol, "TLSv1.3");
    assert.match(tls?.cipherSuite ?? "", /^TLS_/);
    assert.equal(tls?.serverName, "localhost");
    assert.ok(tls?.keyExchange?.group);
  });

  test("an IP address is verified as one, and sends no SNI", async () => {
    await using server = await startTlsServer(serverIdentity(pki.server));
    const result = await sendOnce(get(server.url.replace("localhost", "127.0.0.1"), { profile: trusting() }));
    assert.equal(responseOf(result).status, 200);
    assert.equal(result.connection?.tls?.serverName, null);
  });
});
