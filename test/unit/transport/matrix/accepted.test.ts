import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { loopbackHosts } from "../../../support/pki.ts";
import { serverIdentity } from "../../../support/servers.ts";
import { makeCrl } from "../../../support/tls/crl.ts";
import { type HandMade, type HandMadeOptions, handMade } from "../../../support/tls/hand-made.ts";
import { ecKey, ed25519Key, rsaKey } from "../../../support/tls/keys.ts";
import { responseOf } from "../support.ts";
import { type Material, makeMaterial } from "./material.ts";
import { body, bothVersions, type Row, runRow, tlsServer, type Version } from "./row.ts";

interface AcceptedRow extends Row {
  /** What the report must say of the server's key, or of the key exchange. */
  readonly keyType?: string;
  readonly keyBits?: number;
  readonly keyExchange?: RegExp;
}

const shown = (identity: Pick<HandMade, "chainPem" | "privateKeyPem">) =>
  serverIdentity(identity as Parameters<typeof serverIdentity>[0]);
const show = (make: (material: Material) => HandMadeOptions) => (material: Material, version: Version) =>
  tlsServer(shown(material.make(make(material))), version);
const kind = (keyType: string, keyBits: number | undefined, key: () => HandMadeOptions["key"]): AcceptedRow => ({
  name: keyBits === undefined ? keyType : `${keyType} ${keyBits}`,
  server: show(() => ({ key: key() })),
  keyType,
  ...(keyBits !== undefined && { keyBits }),
});
const good = ({ pki }: Material, version: Version) => tlsServer(serverIdentity(pki.server), version);

let rsa2048: HandMadeOptions["key"] | undefined;
/** Found once: the only prime numbers of this file that have to be looked for. */
function ordinaryRsa(): HandMadeOptions["key"] {
  rsa2048 ??= rsaKey(2048);
  return rsa2048;
}

const rows: readonly AcceptedRow[] = [
  kind("EC", 256, () => ecKey("P-256")),
  kind("EC", 384, () => ecKey("P-384")),
  kind("EC", 521, () => ecKey("P-521")),
  kind("Ed25519", undefined, ed25519Key),
  kind("RSA", 2048, ordinaryRsa),
  kind("RSA", 3072, () => rsaKey(3072)),
  kind("RSA", 4096, () => rsaKey(4096)),
  { ...kind("RSA", 8192, () => rsaKey(8192)), versions: ["TLSv1.3"] },
  { name: "sha384", server: show(() => ({ key: ecKey(), hash: "sha384" })) },
  { name: "sha512", server: show(() => ({ key: ecKey(), hash: "sha512" })) },
  { name: "no common name", server: show(() => ({ key: ecKey(), subject: [["O", "Nameless"]] })) },
  { name: "no subject", server: show(() => ({ key: ecKey(), subject: [] })) },
  {
    name: "1000 names",
    server: show(() => ({
      key: ecKey(),
      hosts: [...Array.from({ length: 1000 }, (_, number) => `${number}.example.com`), ...loopbackHosts],
    })),
  },
  {
    name: "IDN in the names",
    server: show(() => ({ key: ecKey(), hosts: ["xn--n1aae7f7o.example", ...loopbackHosts] })),
  },
  { name: "must-staple", server: show(() => ({ key: ecKey(), mustStaple: true })) },
  {
    name: "cbc",
    versions: ["TLSv1.2"],
    server: ({ pki }, version) =>
      tlsServer({ ...serverIdentity(pki.server), ciphers: "ECDHE-ECDSA-AES128-SHA256" }, version),
  },
  {
    name: "static RSA",
    versions: ["TLSv1.2"],
    server: ({ make }, version) =>
      tlsServer({ ...shown(make({ key: ordinaryRsa() })), ciphers: "AES256-GCM-SHA384" }, version),
    keyExchange: /^RSA/,
  },
  {
    name: "dh2048",
    versions: ["TLSv1.2"],
    server: ({ make }, version) =>
      tlsServer(
        { ...shown(make({ key: ordinaryRsa() })), ciphers: "DHE-RSA-AES128-GCM-SHA256", dhparam: "auto" },
        version,
      ),
    keyExchange: /^DH|^ffdhe/,
  },
  {
    name: "root sent too",
    server: ({ pki }, version) =>
      tlsServer({ cert: pki.server.chainPem + pki.root.certificatePem, key: pki.server.privateKeyPem }, version),
  },
  {
    name: "not revoked: a PEM file with both lists",
    server: good,
    profile: async (material) => {
      const { root, intermediate } = material.pki;
      const pem = (await makeCrl(root)).pem + (await makeCrl(intermediate)).pem;
      return { crl: [await material.file("both.crl", pem, "crl")] };
    },
  },
  {
    name: "not revoked: two DER files",
    server: good,
    profile: async (material) => {
      const { root, intermediate } = material.pki;
      return {
        crl: [
          await material.file("root.der", (await makeCrl(root)).der, "crl"),
          await material.file("intermediate.der", (await makeCrl(intermediate)).der, "crl"),
        ],
      };
    },
  },
  {
    name: "chosen group",
    versions: ["TLSv1.3"],
    server: good,
    profile: async () => ({ groups: ["secp384r1"] }),
    keyExchange: /^P-384$/,
  },
  {
    name: "chosen cipher suites",
    server: good,
    profile: async () => ({ ciphers: ["TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"] }),
  },
  {
    name: "TLS 1.2 as the most",
    versions: ["TLSv1.2"],
    server: good,
    profile: async () => ({ maxVersion: "TLSv1.2" }),
  },
];

describe("the matrix of servers that are used", () => {
  let material: Material;
  before(async () => {
    material = await makeMaterial();
  });
  after(() => material.remove());

  for (const row of rows) {
    for (const version of row.versions ?? bothVersions) {
      test(`${row.name}, ${version}`, async () => {
        const { result, server } = await runRow(row, material, version);
        assert.equal(responseOf(result).status, 200);
        assert.ok(server.applicationBytes > body.length);
        assert.equal(server.connections, 1);
        const tls = result.connection?.tls;
        assert.equal(tls?.verdict.verified, true);
        assert.equal(tls?.protocol, version);
        if (row.keyType) assert.equal(tls?.chain[0]?.keyType, row.keyType);
        if (row.keyBits) assert.equal(tls?.chain[0]?.keyBits, row.keyBits);
        if (row.keyExchange) assert.match(tls?.keyExchange?.group ?? "", row.keyExchange);
      });
    }
  }

  test("the chosen cipher suite is the one that is used, and a choice of one version leaves that version", async () => {
    const only = (name: string): Row => ({ name, server: good, profile: async () => ({ ciphers: [name] }) });
    for (const [suite, version] of [
      ["TLS_CHACHA20_POLY1305_SHA256", "TLSv1.3"],
      ["TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLSv1.2"],
    ] as const) {
      const row = { ...only(suite), server: ({ pki }: Material) => tlsServer(serverIdentity(pki.server), undefined) };
      const { result } = await runRow(row, material, version);
      assert.equal(responseOf(result).status, 200);
      assert.equal(result.connection?.tls?.cipherSuite, suite);
      assert.equal(result.connection?.tls?.protocol, version);
    }
  });

  test("hand-made certificates below hand-made intermediates lead to the root too", async () => {
    const server = ({ pki }: Material, version: Version) => {
      const intermediate = handMade({ subject: [["CN", "Inner"]], key: ecKey(), isAuthority: true }, pki.root);
      return tlsServer(shown(handMade({ hosts: loopbackHosts, key: ecKey() }, intermediate)), version);
    };
    const { result } = await runRow({ name: "chain", server }, material, "TLSv1.3");
    assert.equal(responseOf(result).status, 200);
  });
});
