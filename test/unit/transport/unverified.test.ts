import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { FailureCode } from "../../../src/common/failure.ts";
import { createTransport } from "../../../src/transport/index.ts";
import { createSelfSigned, createTestPki, type Identity, loopbackHosts, type TestPki } from "../../support/pki.ts";
import { handlers, serverIdentity, startTlsServer } from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { failureOf, fileReference, get, noProfile, responseOf, sendOnce } from "./support.ts";

const day = 86_400_000;
const signal = new AbortController().signal;

describe("a host whose certificate need not verify", () => {
  let pki: TestPki;
  let workspace: TempWorkspace;
  before(async () => {
    pki = await createTestPki();
    workspace = await makeWorkspace({ "ca.pem": pki.root.certificatePem });
  });
  after(() => workspace.remove());

  const trusting = () => ({ ...noProfile, ca: [fileReference(workspace.path("ca.pem"), "ca")] });
  const accepting = () => ({ ...trusting(), unverified: true });

  const cases: readonly [string, FailureCode, () => Promise<Identity>][] = [
    ["expired", "tls.expired", () => issue({ notAfter: new Date(Date.now() - 2 * day), notBefore: new Date(0) })],
    ["another host's", "tls.hostname-mismatch", () => issue({ hosts: ["wrong.example"] })],
    ["self-signed", "tls.self-signed", () => createSelfSigned({ name: "localhost", hosts: loopbackHosts })],
    ["an unknown authority's", "tls.unknown-authority", async () => (await createTestPki()).server],
  ];
  function issue(changes: object) {
    return pki.intermediate.issueServer({ name: "localhost", hosts: loopbackHosts, ...changes });
  }

  for (const [name, code, make] of cases) {
    for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
      test(`${name} certificate on ${version} is used, and reported as not verified: ${code}`, async () => {
        const identity = await make();
        await using server = await startTlsServer({
          ...serverIdentity(identity),
          minVersion: version,
          maxVersion: version,
        });
        const result = await sendOnce(get(server.url, { profile: accepting() }));
        assert.equal(responseOf(result).status, 200);
        const tls = result.connection?.tls;
        assert.equal(tls?.verdict.verified, false);
        assert.equal(tls?.verdict.accepted, true);
        assert.equal(tls?.verdict.code, code);
        assert.match(tls?.verdict.reason ?? "", /accept/);
        assert.equal(tls?.verdict.findings[0]?.level, "error");
        assert.equal(tls?.chain[0]?.fingerprint256, identity.certificate.fingerprint256);
        assert.equal(tls?.chain[0]?.source, "server");
      });
    }
  }

  test("a certificate that verifies is reported as verified there too", async () => {
    await using server = await startTlsServer(serverIdentity(pki.server));
    const { connection } = await sendOnce(get(server.url, { profile: accepting() }));
    assert.equal(connection?.tls?.verdict.verified, true);
    assert.equal(connection?.tls?.verdict.accepted, undefined);
  });

  test("a connection that was accepted is never used where the certificate must verify", async () => {
    await using server = await startTlsServer(serverIdentity(await issue({ hosts: ["wrong.example"] })));
    const transport = createTransport();
    try {
      responseOf(await transport.send(get(server.url, { profile: accepting() }), signal));
      const again = await transport.send(get(server.url, { profile: accepting() }), signal);
      assert.equal(again.connection?.reused, true);
      assert.equal(again.connection?.tls?.verdict.verified, false, "also of a connection that is used again");
      const { receivedBytes } = server;
      const refused = await transport.send(get(server.url, { profile: trusting() }), signal);
      assert.equal(failureOf(refused).code, "tls.hostname-mismatch");
      assert.equal(server.receivedBytes, receivedBytes, "no byte of the request arrived");
    } finally {
      await transport.close();
    }
  });

  test("what goes wrong later is not taken for the certificate's fault", async () => {
    await using server = await startTlsServer({
      ...serverIdentity(await issue({ hosts: ["wrong.example"] })),
      handler: handlers.closeBeforeHeaders,
    });
    const result = await sendOnce(get(server.url, { method: "POST", profile: accepting() }));
    assert.equal(failureOf(result).code, "network.reset");
    assert.equal(result.connection?.tls?.verdict.code, "tls.hostname-mismatch");
  });

  test("everything else stays: TLS versions", async () => {
    await using server = await startTlsServer({ ...serverIdentity(pki.server), maxVersion: "TLSv1.2" });
    const profile = { ...accepting(), minVersion: "TLSv1.3" as const };
    assert.equal(failureOf(await sendOnce(get(server.url, { profile }))).code, "tls.protocol-version");
    assert.equal(server.receivedBytes, 0);
  });
});
