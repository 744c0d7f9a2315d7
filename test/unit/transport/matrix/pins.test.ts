import assert from "node:assert/strict";
import { createHash, type X509Certificate } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { createTransport } from "../../../../src/transport/index.ts";
import { createSelfSigned, loopbackHosts } from "../../../support/pki.ts";
import { serverIdentity } from "../../../support/servers.ts";
import { daysFromNow } from "../../../support/tls/hand-made.ts";
import { failureOf, get, noProfile, responseOf, sendOnce } from "../support.ts";
import { forged, type Material, makeMaterial } from "./material.ts";
import { bothVersions, type Row, runRow, tlsServer, type Version } from "./row.ts";

const nobody = `sha256/${"A".repeat(43)}=`;

function pinOf({ publicKey }: X509Certificate): string {
  return `sha256/${createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("base64")}`;
}

describe("pins", () => {
  let material: Material;
  before(async () => {
    material = await makeMaterial();
  });
  after(() => material.remove());

  const good = ({ pki }: Material, version: Version) => tlsServer(serverIdentity(pki.server), version);
  const pinned = (pins: (material: Material) => readonly string[]): Row => ({
    name: "pinned",
    server: good,
    profile: async (all) => ({ pins: pins(all) }),
  });

  for (const version of bothVersions) {
    for (const who of ["server", "intermediate", "root"] as const) {
      test(`the ${who}'s key, beside a backup pin, ${version}: sent`, async () => {
        const row = pinned(({ pki }) => [nobody, pinOf(pki[who].certificate)]);
        const { result } = await runRow(row, material, version);
        assert.equal(responseOf(result).status, 200);
      });
    }

    test(`a host whose certificate need not verify must show the pinned key too, ${version}`, async () => {
      const identity = await createSelfSigned({ name: "localhost", hosts: loopbackHosts });
      const server = (_material: Material, v: Version) => tlsServer(serverIdentity(identity), v);
      const row = (pin: string): Row => ({
        name: "",
        server,
        profile: async () => ({ pins: [pin], unverified: true }),
      });
      const refused = await runRow(row(nobody), material, version);
      assert.equal(failureOf(refused.result).code, "tls.pin-mismatch");
      assert.equal(refused.server.applicationBytes, 0);
      assert.equal(refused.result.connection?.tls?.verdict.accepted, undefined);
      const used = await runRow(row(pinOf(identity.certificate)), material, version);
      assert.equal(responseOf(used.result).status, 200);
      assert.equal(used.result.connection?.tls?.verdict.accepted, true);
    });
  }

  test("a pinned certificate that is only sent along, and vouches for nothing, does not count", async () => {
    const { leaf, authority, chainPem } = forged(material);
    const row: Row = {
      name: "",
      server: async (_material, version) => tlsServer({ cert: chainPem, key: leaf.privateKeyPem }, version),
      profile: async () => ({ pins: [pinOf(authority.certificate)], unverified: true }),
    };
    for (const version of bothVersions) {
      const { result, server } = await runRow(row, material, version);
      assert.equal(result.connection?.tls?.chain[1]?.subjectName, "Real Intermediate", "it is in the shown chain");
      assert.equal(failureOf(result).code, "tls.pin-mismatch");
      assert.equal(server.applicationBytes, 0);
    }
  });

  test("a chain that does not verify is refused for that, whatever is pinned", async () => {
    const identity = await material.issue({ notBefore: daysFromNow(-9), notAfter: daysFromNow(-1) });
    const server = (_material: Material, version: Version) => tlsServer(serverIdentity(identity), version);
    const row: Row = { name: "", server, profile: async () => ({ pins: [pinOf(identity.certificate)] }) };
    const { result } = await runRow(row, material, "TLSv1.3");
    assert.equal(failureOf(result).code, "tls.expired");
  });

  test("a connection that was opened without pins is not used for a request with pins", async () => {
    await using server = await good(material, "TLSv1.3");
    const ca = [await material.file("ca.pem", material.pki.root.certificatePem, "ca")];
    const transport = createTransport();
    const url = `https://localhost:${server.port}/`;
    const { signal } = new AbortController();
    try {
      responseOf(await transport.send(get(url, { profile: { ...noProfile, ca } }), signal));
      const before = server.applicationBytes;
      const refused = await transport.send(get(url, { profile: { ...noProfile, ca, pins: [nobody] } }), signal);
      assert.equal(failureOf(refused).code, "tls.pin-mismatch");
      assert.equal(server.applicationBytes, before);
    } finally {
      await transport.close();
    }
  });

  test("the pins of an entry that names no authority are those of the default ones' chain: nothing else changes", async () => {
    await using server = await good(material, "TLSv1.3");
    const profile = { ...noProfile, pins: [pinOf(material.pki.server.certificate)] };
    const result = await sendOnce(get(`https://localhost:${server.port}/`, { profile }));
    assert.equal(failureOf(result).code, "tls.unknown-authority");
  });
});
