import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { FailureCode } from "../../../src/common/failure.ts";
import type { TlsProfile } from "../../../src/settings/tls-profile.ts";
import { createTestPki, makePfx, type TestPki } from "../../support/pki.ts";
import {
  serverIdentity,
  startRawTlsServer,
  startTlsServer,
  type TlsServer,
  type TlsServerOptions,
} from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { expanded, failureOf, fileReference, get, noProfile, responseOf, sendOnce } from "./support.ts";

const versions = ["TLSv1.2", "TLSv1.3"] as const;

describe("client certificates", () => {
  let pki: TestPki;
  let workspace: TempWorkspace;

  before(async () => {
    pki = await createTestPki();
    const other = await createTestPki();
    const { client } = pki;
    workspace = await makeWorkspace({
      "ca.pem": pki.root.certificatePem,
      "client.pem": client.chainPem,
      "client.key": client.privateKeyPem,
      "both.pem": client.chainPem + client.privateKeyPem,
      "encrypted.key": client.encryptedKeyPem("correct horse"),
      "other.pem": other.client.chainPem,
      "other.key": other.client.privateKeyPem,
      "client.der": client.certificate.raw,
      "client.p12": makePfx(client, { passphrase: "correct horse" }),
      "empty.pem": "",
      "garbage.pem": "this is not PEM",
    });
  });
  after(() => workspace.remove());

  const file = (name: string, key: string) => fileReference(workspace.path(name), key);
  function profile(changes: Partial<TlsProfile> = {}): TlsProfile {
    return { ...noProfile, ca: [file("ca.pem", "ca")], ...changes };
  }
  const pair = () => ({ cert: file("client.pem", "cert"), key: file("client.key", "key") });
  function mutual(changes: Partial<TlsServerOptions> = {}): Promise<TlsServer> {
    return startTlsServer({
      ...serverIdentity(pki.server),
      ca: pki.root.certificatePem,
      requestCert: true,
      rejectUnauthorized: true,
      ...changes,
    });
  }

  const usable: readonly [string, () => Partial<TlsProfile>][] = [
    ["certificate and key", pair],
    ["certificate and key in one file", () => ({ cert: file("both.pem", "cert") })],
    [
      "encrypted key",
      () => ({
        cert: file("client.pem", "cert"),
        key: file("encrypted.key", "key"),
        passphrase: expanded("correct horse"),
      }),
    ],
    ["DER certificate", () => ({ cert: file("client.der", "cert"), key: file("client.key", "key") })],
    ["PFX", () => ({ pfx: file("client.p12", "pfx"), passphrase: expanded("correct horse") })],
  ];
  for (const [name, make] of usable) {
    test(`${name}: the server gets it and the report says so`, async () => {
      await using server = await mutual();
      const result = await sendOnce(get(server.url, { profile: profile(make()) }));
      assert.equal(responseOf(result).status, 200);
      const report = result.connection?.tls?.clientCertificate;
      assert.equal(report?.requested, true);
      assert.equal(report?.presented, true);
      assert.equal(report?.configured?.fingerprint256, pki.client.certificate.fingerprint256);
    });
  }

  const refused: readonly [string, FailureCode, RegExp, () => Partial<TlsProfile>][] = [
    [
      "missing certificate file",
      "identity.file-missing",
      /none\.pem/,
      () => ({ ...pair(), cert: file("none.pem", "cert") }),
    ],
    ["missing key file", "identity.file-missing", /none\.key/, () => ({ ...pair(), key: file("none.key", "key") })],
    ["missing authority file", "identity.file-missing", /none-ca\.pem/, () => ({ ca: [file("none-ca.pem", "ca")] })],
    ["missing PFX file", "identity.file-missing", /none\.p12/, () => ({ pfx: file("none.p12", "pfx") })],
    ["certificate without key", "identity.key-missing", /› key/, () => ({ cert: file("client.pem", "cert") })],
    ["key without certificate", "identity.key-missing", /› cert/, () => ({ key: file("client.key", "key") })],
    [
      "another certificate's key",
      "identity.key-mismatch",
      /other\.key/,
      () => ({ ...pair(), key: file("other.key", "key") }),
    ],
    [
      "encrypted key, no passphrase",
      "identity.passphrase-missing",
      /encrypted\.key/,
      () => ({ ...pair(), key: file("encrypted.key", "key") }),
    ],
    [
      "encrypted key, wrong passphrase",
      "identity.passphrase-wrong",
      /encrypted\.key/,
      () => ({ ...pair(), key: file("encrypted.key", "key"), passphrase: expanded("tr0ub4dor") }),
    ],
    ["PFX, no passphrase", "identity.passphrase-missing", /client\.p12/, () => ({ pfx: file("client.p12", "pfx") })],
    [
      "PFX, wrong passphrase",
      "identity.passphrase-wrong",
      /client\.p12/,
      () => ({ pfx: file("client.p12", "pfx"), passphrase: expanded("tr0ub4dor") }),
    ],
    ["empty authority file", "identity.not-pem", /empty\.pem/, () => ({ ca: [file("empty.pem", "ca")] })],
    [
      "garbage as certificate",
      "identity.not-pem",
      /garbage\.pem/,
      () => ({ ...pair(), cert: file("garbage.pem", "cert") }),
    ],
    ["certificate as key", "identity.not-pem", /client\.pem/, () => ({ ...pair(), key: file("client.pem", "key") })],
    ["garbage as PFX", "identity.not-pem", /garbage\.pem/, () => ({ pfx: file("garbage.pem", "pfx") })],
  ];
  for (const [name, code, words, make] of refused) {
    test(`${name}: ${code} before any connection`, async () => {
      await using server = await mutual();
      const result = await sendOnce(get(server.url, { profile: profile(make()) }));
      const failure = failureOf(result);
      assert.equal(failure.code, code);
      assert.match(failure.title + failure.detail + failure.fix, words);
      assert.match(failure.setting ?? "", /^padlock\.hosts › localhost:\* › /);
      assert.doesNotMatch(
        JSON.stringify([failure.title, failure.detail, failure.fix]),
        /correct horse|tr0ub4dor|bad decrypt/,
      );
      assert.equal(server.connections, 0, "no connection was made");
      assert.equal(result.connection, undefined);
    });
  }

  for (const version of versions) {
    test(`required but not configured on ${version}: tls.client-certificate-required, every time`, async () => {
      await using server = await mutual({ minVersion: version, maxVersion: version });
      for (let round = 0; round < 10; round++) {
        const result = await sendOnce(get(server.url, { method: round % 2 ? "GET" : "POST", profile: profile() }));
        const failure = failureOf(result);
        assert.equal(failure.code, "tls.client-certificate-required", failure.detail);
        assert.match(failure.fix, new RegExp(`localhost:${server.port}`));
      }
      assert.equal(server.requests, 0);
    });

    test(`of another authority on ${version}: tls.client-certificate-rejected`, async () => {
      await using server = await mutual({ minVersion: version, maxVersion: version });
      const other = { cert: file("other.pem", "cert"), key: file("other.key", "key"), minVersion: "TLSv1.2" } as const;
      const result = await sendOnce(get(server.url, { profile: profile(other) }));
      assert.equal(failureOf(result).code, "tls.client-certificate-rejected");
      assert.equal(server.requests, 0);
    });
  }

  test("with a client certificate TLS 1.2 needs the setting that allows it", async () => {
    await using server = await mutual({ maxVersion: "TLSv1.2" });
    assert.equal(failureOf(await sendOnce(get(server.url, { profile: profile(pair()) }))).code, "tls.protocol-version");
    const result = await sendOnce(get(server.url, { profile: profile({ ...pair(), minVersion: "TLSv1.2" }) }));
    assert.equal(responseOf(result).status, 200);
    assert.equal(result.connection?.tls?.protocol, "TLSv1.2");
    assert.match(JSON.stringify(result.connection?.tls?.verdict.findings), /TLS 1\.2 shows the client certificate/);
  });

  test("the authorities inside a PFX are not trusted for servers", async () => {
    await using server = await mutual();
    const other = await createTestPki();
    const chainPem = pki.root.certificatePem;
    await workspace.write("chain.p12", makePfx(pki.client, { passphrase: "correct horse", chainPem }));
    await workspace.write("other-ca.pem", other.root.certificatePem);
    const pfx = { pfx: file("chain.p12", "pfx"), passphrase: expanded("correct horse") };
    const untrusted = await sendOnce(
      get(server.url, { profile: profile({ ...pfx, ca: [file("other-ca.pem", "ca")] }) }),
    );
    assert.equal(failureOf(untrusted).code, "tls.unknown-authority");
    assert.equal(server.receivedBytes, 0);
    const byDefault = await sendOnce(get(server.url, { profile: { ...profile(pfx), ca: undefined } }));
    assert.equal(failureOf(byDefault).code, "tls.unknown-authority");
    assert.equal(server.receivedBytes, 0);
    assert.equal(responseOf(await sendOnce(get(server.url, { profile: profile(pfx) }))).status, 200);
  });

  for (const [version, isShown] of [
    ["TLSv1.2", true],
    ["TLSv1.3", false],
  ] as const) {
    test(`${version}: a server that is refused ${isShown ? "has" : "has not"} seen it, and the report says so`, async () => {
      const other = await createTestPki();
      const seen: string[] = [];
      const asking = { requestCert: true, rejectUnauthorized: false, maxVersion: version };
      await using server = await startRawTlsServer({ ...serverIdentity(other.server), ...asking }, (socket) =>
        seen.push(String(socket.getPeerCertificate().subject?.CN)),
      );
      const made = { ...profile(pair()), minVersion: "TLSv1.2" } as const;
      for (const pins of [undefined, [`sha256/${"A".repeat(43)}=`]]) {
        const ca = pins && [file("other-root.pem", "ca")];
        await workspace.write("other-root.pem", other.root.certificatePem);
        const changes = ca ? { pins, ca } : {};
        const url = `https://localhost:${server.port}/`;
        const result = await sendOnce(get(url, { profile: { ...made, ...changes } }));
        assert.equal(failureOf(result).code, pins ? "tls.pin-mismatch" : "tls.unknown-authority");
        assert.equal(result.connection?.tls?.clientCertificate.presented, isShown);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.deepEqual(seen, isShown ? ["Test Client", "Test Client"] : []);
    });
  }

  test("not asked for: not presented, and said", async () => {
    await using server = await startTlsServer(serverIdentity(pki.server));
    const { connection } = await sendOnce(get(server.url, { profile: profile(pair()) }));
    assert.equal(connection?.tls?.clientCertificate.presented, false);
    assert.equal(connection?.tls?.clientCertificate.requested, false);
    assert.match(JSON.stringify(connection?.tls?.verdict.findings), /did not ask/);
  });
});
