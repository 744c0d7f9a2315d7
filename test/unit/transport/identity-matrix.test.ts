import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { TLSSocket } from "node:tls";
import { describeCertificate } from "../../../src/transport/certificate.ts";
import { checkClientCertificate } from "../../../src/transport/client-checks.ts";
import { tooWeak } from "../../../src/transport/client-pfx.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../../support/servers.ts";
import { type IdentityWorld, makeIdentityWorld, passphrase } from "./identity-cases.ts";
import { failureOf, fileReference, get, responseOf, sendOnce } from "./support.ts";

describe("every kind of client certificate file", () => {
  let world: IdentityWorld;
  let server: TlsServer;

  before(async () => {
    world = await makeIdentityWorld();
    server = await mutual(true);
  });
  after(async () => {
    await server.close();
    await world[Symbol.asyncDispose]();
  });

  /** Knows the root alone, and answers with the fingerprint of the certificate that it got. */
  function mutual(rejectUnauthorized: boolean): Promise<TlsServer> {
    return startTlsServer({
      ...serverIdentity(world.server),
      ca: world.root.certificatePem,
      requestCert: true,
      rejectUnauthorized,
      handler: ({ socket }, response) => response.end((socket as TLSSocket).getPeerCertificate().fingerprint256),
    });
  }

  test("is either shown to the server as it is meant, or refused before any connection, in its own words", async (t) => {
    for (const { input, profile, result } of world.cases) {
      await t.test(input, async () => {
        const before = server.connections;
        const sent = await sendOnce(get(server.url, { profile }));
        if ("shown" in result) {
          const got = Buffer.from(responseOf(sent).body).toString();
          assert.equal(got, result.shown.certificate.fingerprint256);
          assert.equal(
            sent.connection?.tls?.clientCertificate.configured?.fingerprint256,
            result.shown.certificate.fingerprint256,
          );
          return;
        }
        const { code, title, detail, fix, setting } = failureOf(sent);
        assert.equal(code, result.code, `${title} ${detail} ${fix}`);
        assert.match(`${title}\n${detail}\n${fix}`, result.text);
        assert.match(setting ?? "", /^padlock\.hosts › localhost:\* › /);
        assert.doesNotMatch(`${title}${detail}${fix}`, new RegExp(`${passphrase}|tr0ub4dor|error:|bad decrypt`));
        assert.equal(server.connections, before, "no connection was made");
      });
    }
  });

  test("a certificate without its intermediate is what a server refuses: the chain in the file was sent before", async () => {
    const sent = await sendOnce(get(server.url, { profile: world.profile("leaf.pem", "deep.key") }));
    assert.equal(failureOf(sent).code, "tls.client-certificate-rejected");
  });

  for (const [name, words] of [
    ["expired", /^The client certificate “expired” \(expired\.pem\) expired on 20\d\d-\d\d-\d\d at \d\d:\d\d UTC/],
    ["future", /^The client certificate “future” \(future\.pem\) is not valid before 20\d\d-\d\d-\d\d/],
    ["sha1", /^The client certificate “sha1” \(sha1\.pem\) is signed with SHA-1/],
  ] as const) {
    test(`one that is doubtful (${name}) is shown, with a warning, whether the server takes it or not`, async () => {
      const profile = world.profile(`${name}.pem`);
      const refused = await sendOnce(get(server.url, { profile }));
      assert.equal(failureOf(refused).code, "tls.client-certificate-rejected");
      await using lenient = await mutual(false);
      const taken = await sendOnce(get(lenient.url, { profile }));
      assert.equal(responseOf(taken).status, 200);
      for (const { notes } of [refused, taken]) {
        assert.deepEqual(
          notes?.map(({ level }) => level),
          ["warning"],
        );
        assert.match(notes?.[0]?.text ?? "", words);
      }
      const valid = await sendOnce(get(server.url, { profile: world.profile("both.pem") }));
      assert.deepEqual(valid.notes, []);
    });
  }

  test("what only other versions of the TLS library refuse has its own words, too", () => {
    const file = fileReference("/client.pem", "cert");
    const codeOf = (message: string) => tooWeak(file, new Error(message))?.code;
    assert.equal(codeOf("error:0A00018E:SSL routines::ca md too weak"), "identity.weak-signature");
    assert.equal(codeOf("error:0A00018D:SSL routines::ca key too small"), "identity.weak-key");
    assert.equal(codeOf("error:0A00018F:SSL routines::ee key too small"), "identity.weak-key");
    assert.equal(codeOf("error:05800074:x509 certificate routines::key values mismatch"), undefined);
  });

  test("keys that TLS 1.3 cannot sign with are refused, for Node would show no certificate without a word", () => {
    const report = describeCertificate(world.clients.ec.certificate.raw);
    const file = fileReference("/client.pem", "cert");
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "secp256k1" });
    assert.throws(() => checkClientCertificate({ publicKey }, report, file, false), {
      code: "identity.key-unsupported",
      detail: /secp256k1/,
    });
    assert.doesNotThrow(() => checkClientCertificate({ publicKey }, report, file, true));
    const dsa = generateKeyPairSync("dsa", { modulusLength: 2048, divisorLength: 256 });
    assert.throws(() => checkClientCertificate(dsa, report, file, true), {
      code: "identity.key-unsupported",
      detail: /DSA key/,
    });
  });
});
