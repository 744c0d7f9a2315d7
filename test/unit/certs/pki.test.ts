import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { createServer, get } from "node:https";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { createSecureContext } from "node:tls";
import { createAuthority, createSelfSigned, createTestPki, type KeyType, makePfx } from "../../support/pki.ts";

test("a server certificate verifies up to its root and only for its hosts", async () => {
  const { root, intermediate, server } = await createTestPki();
  assert.ok(server.certificate.verify(intermediate.certificate.publicKey));
  assert.ok(intermediate.certificate.verify(root.certificate.publicKey));
  assert.ok(root.certificate.verify(root.certificate.publicKey));
  assert.ok(server.certificate.checkIssued(intermediate.certificate));
  assert.equal(server.certificate.subjectAltName, "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1");
  assert.equal(server.certificate.checkHost("localhost"), "localhost");
  assert.equal(server.certificate.checkHost("example.com"), undefined);
  assert.equal(server.certificate.ca, false);
  assert.equal(intermediate.certificate.ca, true);
  assert.deepEqual(server.certificate.keyUsage, ["1.3.6.1.5.5.7.3.1"]);
});

test("the chain holds the leaf and the intermediates, not the root", async () => {
  const { root, intermediate, server, client } = await createTestPki();
  const second = await intermediate.issueIntermediate({ name: "Second" });
  const deep = await second.issueServer({ name: "deep", hosts: ["localhost"] });
  assert.equal(server.chainPem, server.certificatePem + intermediate.certificatePem);
  assert.equal(deep.chainPem, deep.certificatePem + second.certificatePem + intermediate.certificatePem);
  assert.equal(client.chainPem, client.certificatePem);
  assert.equal(root.chainPem, root.certificatePem);
});

const keyTypes: readonly [KeyType, string, object][] = [
  ["ec-p256", "ec", { namedCurve: "prime256v1" }],
  ["ec-p384", "ec", { namedCurve: "secp384r1" }],
  ["rsa-2048", "rsa", { modulusLength: 2048, publicExponent: 65537n }],
  ["rsa-1024", "rsa", { modulusLength: 1024, publicExponent: 65537n }],
  ["ed25519", "ed25519", {}],
];

for (const [keyType, expected, details] of keyTypes) {
  test(`${keyType} keys issue and are issued`, async () => {
    const authority = await createAuthority({ name: "Root", keyType });
    const client = await authority.issueClient({ name: "client", keyType });
    assert.equal(client.certificate.publicKey.asymmetricKeyType, expected);
    assert.deepEqual({ ...client.certificate.publicKey.asymmetricKeyDetails }, details);
    assert.ok(client.certificate.verify(authority.certificate.publicKey));
    assert.ok(client.certificate.checkPrivateKey(createPrivateKey(client.privateKeyPem)));
  });
}

test("an encrypted key opens with its passphrase only", async () => {
  const { client } = await createTestPki();
  const pem = client.encryptedKeyPem("open sesame");
  assert.match(pem, /^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
  assert.ok(client.certificate.checkPrivateKey(createPrivateKey({ key: pem, passphrase: "open sesame" })));
  assert.throws(() => createPrivateKey({ key: pem, passphrase: "wrong" }), { code: "ERR_OSSL_BAD_DECRYPT" });
});

test("validity dates, digest and purpose are as asked", async () => {
  const root = await createAuthority({ name: "Root", keyType: "rsa-2048" });
  const notBefore = new Date("2020-01-01T00:00:00Z");
  const notAfter = new Date("2021-01-01T00:00:00Z");
  const server = await root.issueServer({
    name: "old",
    hosts: [],
    notBefore,
    notAfter,
    hash: "SHA-1",
    purpose: "client",
  });
  assert.equal(new Date(server.certificate.validFrom).getTime(), notBefore.getTime());
  assert.equal(new Date(server.certificate.validTo).getTime(), notAfter.getTime());
  assert.equal(server.certificate.toLegacyObject().ext_key_usage?.[0], "1.3.6.1.5.5.7.3.2");
  assert.equal(server.certificate.subjectAltName, undefined);
  assert.ok(server.certificate.raw.includes(Buffer.from("2a864886f70d010105", "hex")), "sha1WithRSAEncryption");
});

test("a self-signed certificate is its own issuer and no authority", async () => {
  const { certificate } = await createSelfSigned({ name: "alone", hosts: ["localhost"] });
  assert.equal(certificate.subject, certificate.issuer);
  assert.ok(certificate.verify(certificate.publicKey));
  assert.equal(certificate.ca, false);
});

test("serial numbers are positive, 16 bytes and differ", async () => {
  const root = await createAuthority({ name: "Root" });
  const clients = await Promise.all([1, 2, 3].map((n) => root.issueClient({ name: `client ${n}` })));
  for (const { serial } of clients) assert.match(serial, /^[4-7][0-9A-F]{31}$/);
  assert.equal(new Set(clients.map(({ serial }) => serial)).size, 3);
});

for (const keyType of ["ec-p256", "rsa-2048"] as const) {
  test(`a PKCS#12 file of an ${keyType} key works in a real mutual handshake`, async (t) => {
    const root = await createAuthority({ name: "Root" });
    const intermediate = await root.issueIntermediate({ name: "Intermediate" });
    const localhost = await root.issueServer({ name: "localhost", hosts: ["localhost"] });
    const client = await intermediate.issueClient({ name: "pfx client", keyType });
    const pfx = makePfx(client, { chainPem: intermediate.certificatePem, passphrase: "pässword" });
    const server = createServer(
      { cert: localhost.chainPem, key: localhost.privateKeyPem, ca: root.certificatePem, requestCert: true },
      (request, response) => {
        const socket = request.socket as import("node:tls").TLSSocket;
        response.end(String(socket.getPeerCertificate().subject.CN));
      },
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    t.after(() => server.close());
    const { port } = server.address() as AddressInfo;
    const body = await new Promise<string>((resolve, reject) => {
      const request = get(
        {
          host: "127.0.0.1",
          servername: "localhost",
          port,
          pfx,
          passphrase: "pässword",
          ca: root.certificatePem,
          agent: false,
        },
        (response) => response.setEncoding("utf8").on("data", resolve),
      );
      request.on("error", reject);
    });
    assert.equal(body, "pfx client");
  });
}

test("a PKCS#12 file refuses a wrong passphrase, and can lack its key", async () => {
  const { client } = await createTestPki();
  const pfx = makePfx(client, { passphrase: "right" });
  assert.throws(() => createSecureContext({ pfx, passphrase: "wrong" }), /mac verify failure/);
  const keyless = makePfx(client, { passphrase: "right", withoutKey: true });
  assert.throws(() => createSecureContext({ pfx: keyless, passphrase: "right" }), {
    code: "ERR_CRYPTO_OPERATION_FAILED",
  });
});
