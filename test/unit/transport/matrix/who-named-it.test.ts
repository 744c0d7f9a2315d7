import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { FileReference, TlsProfile } from "../../../../src/settings/tls-profile.ts";
import { startTlsServer, type TlsServer } from "../../../support/servers.ts";
import { failureOf, get, noProfile, sendOnce } from "../support.ts";
import { type Material, makeMaterial } from "./material.ts";

/** What a fix says has to be where the person wrote it: in a cURL command, an `SSLConfiguration`, one of several entries. */
describe("a refusal names who named the file", () => {
  let material: Material;
  let server: TlsServer;
  before(async () => {
    material = await makeMaterial();
    const { server: identity, root } = material.pki;
    server = await startTlsServer({
      cert: identity.chainPem,
      key: identity.privateKeyPem,
      ca: root.certificatePem,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: "TLSv1.3",
    });
  });
  after(() => Promise.all([material.remove(), server.close()]));

  const named = async (name: string, content: string, setting: string): Promise<FileReference> => ({
    ...(await material.file(name, content, "ca")),
    setting,
  });
  const send = async (profile: TlsProfile) =>
    failureOf(await sendOnce(get(`https://localhost:${server.port}/`, { profile })));

  for (const [what, setting] of [
    ["a cURL command", "curl › --cert"],
    ["an environment", "SSLConfiguration › clientCertificate"],
  ] as const) {
    it(`the client certificate of ${what}`, async () => {
      const { client } = material.other;
      const failure = await send({
        ...noProfile,
        ca: [await named("ca.pem", material.pki.root.certificatePem, "curl › --cacert")],
        cert: await named("other.pem", client.certificatePem, setting),
        key: await named("other.key", client.privateKeyPem, setting),
      });
      assert.equal(failure.code, "tls.client-certificate-rejected");
      assert.match(failure.fix, new RegExp(`^Check that ${setting} names the certificate`));
    });
  }

  it("the authorities of a cURL command", async () => {
    const ca = [await named("other-ca.pem", material.other.root.certificatePem, "curl › --cacert")];
    const failure = await send({ ...noProfile, ca });
    assert.match(failure.code, /^tls\.(?:unknown-authority|incomplete-chain)$/);
    assert.match(failure.fix, /name the file in place of other-ca\.pem \(curl › --cacert\)/);
  });

  it("the entry for the active environment", async () => {
    const ca = [await material.file("ca.pem", material.pki.root.certificatePem, "ca")];
    const failure = await send({ ...noProfile, pattern: "localhost:*", environments: ["staging"], ca });
    assert.equal(failure.code, "tls.client-certificate-required");
    assert.match(failure.fix, /to the entry "localhost:\*" \(environment "staging"\) of padlock\.hosts/);
  });
});
