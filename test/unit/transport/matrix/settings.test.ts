import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { FailureCode } from "../../../../src/common/failure.ts";
import type { TlsProfile } from "../../../../src/settings/tls-profile.ts";
import { serverIdentity } from "../../../support/servers.ts";
import { makeCrl } from "../../../support/tls/crl.ts";
import { failureOf, fileReference, responseOf } from "../support.ts";
import { type Material, makeMaterial } from "./material.ts";
import { type Row, runRow, tlsServer } from "./row.ts";

interface Case {
  readonly name: string;
  readonly profile: (material: Material) => Promise<Partial<TlsProfile>>;
  readonly code: FailureCode;
  readonly words: RegExp;
  readonly setting: string;
}

const client = async ({ pki, file }: Material) => ({
  cert: await file("client.pem", pki.client.chainPem, "cert"),
  key: await file("client.key", pki.client.privateKeyPem, "key"),
});

const cases: readonly Case[] = [
  {
    name: "a revocation list that is missing",
    profile: async () => ({ crl: [fileReference("/nowhere/none.crl", "crl")] }),
    code: "identity.file-missing",
    words: /none\.crl/,
    setting: "padlock.hosts › localhost:* › crl",
  },
  {
    name: "a file that is no revocation list",
    profile: async ({ file, pki }) => ({ crl: [await file("wrong.crl", pki.root.certificatePem, "crl")] }),
    code: "identity.not-pem",
    words: /wrong\.crl.*BEGIN X509 CRL/,
    setting: "padlock.hosts › localhost:* › crl",
  },
  {
    name: "a revocation list that was cut off",
    profile: async ({ file, pki }) => ({
      crl: [await file("cut.crl", (await makeCrl(pki.root)).der.subarray(0, -40), "crl")],
    }),
    code: "identity.not-pem",
    words: /cut\.crl/,
    setting: "padlock.hosts › localhost:* › crl",
  },
  {
    name: "one good list and one that is none, in one file",
    profile: async ({ file, pki }) => {
      const broken = "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n";
      return { crl: [await file("half.crl", (await makeCrl(pki.root)).pem + broken, "crl")] };
    },
    code: "identity.not-pem",
    words: /half\.crl/,
    setting: "padlock.hosts › localhost:* › crl",
  },
  {
    name: "a least version above the most",
    profile: async () => ({ minVersion: "TLSv1.3", maxVersion: "TLSv1.2" }),
    code: "settings.wrong-type",
    words: /"minVersion" is TLSv1\.3, and "maxVersion" is TLSv1\.2/,
    setting: "padlock.hosts › localhost:* › maxVersion",
  },
  {
    name: "TLS 1.2 as the most with a client certificate, which needs 1.3",
    profile: async (material) => ({ ...(await client(material)), maxVersion: "TLSv1.2" }),
    code: "settings.wrong-type",
    words: /a client certificate needs TLS 1\.3.*"minVersion": "TLSv1\.2" allows TLS 1\.2/,
    setting: "padlock.hosts › localhost:* › maxVersion",
  },
  {
    name: "cipher suites of TLS 1.2 alone with a client certificate",
    profile: async (material) => ({
      ...(await client(material)),
      ciphers: ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"],
    }),
    code: "settings.wrong-type",
    words: /"ciphers" names suites of TLSv1\.2 only/,
    setting: "padlock.hosts › localhost:* › ciphers",
  },
  {
    name: "a group that this runtime does not have",
    profile: async () => ({ groups: ["X25519", "noSuchGroup"] }),
    code: "settings.wrong-type",
    words: /groups: X25519, noSuchGroup/,
    setting: "padlock.hosts › localhost:* › groups",
  },
];

describe("a host's entry that cannot be carried out stops the request before any connection", () => {
  let material: Material;
  before(async () => {
    material = await makeMaterial();
  });
  after(() => material.remove());

  const row = (profile: Row["profile"]): Row => ({
    name: "",
    server: ({ pki }, version) => tlsServer(serverIdentity(pki.server), version),
    ...(profile && { profile }),
  });

  for (const { name, profile, code, words, setting } of cases) {
    test(`${name}: ${code}`, async () => {
      const { result, server } = await runRow(row(profile), material, "TLSv1.3");
      const failure = failureOf(result);
      assert.equal(failure.code, code, failure.detail);
      assert.match(`${failure.title} ${failure.detail} ${failure.fix}`, words);
      assert.equal(failure.setting, setting);
      assert.equal(server.connections, 0);
    });
  }

  test("a renewed revocation list counts from the next request on, without a restart", async () => {
    const { pki, file } = material;
    const first = (await makeCrl(pki.root)).pem + (await makeCrl(pki.intermediate)).pem;
    const crl = await file("renewed.crl", first, "crl");
    const send = () =>
      runRow(
        row(async () => ({ crl: [crl] })),
        material,
        "TLSv1.3",
      );
    assert.equal(responseOf((await send()).result).status, 200);
    const { writeFile } = await import("node:fs/promises");
    const withdrawn = await makeCrl(pki.intermediate, { revoked: [pki.server] });
    await writeFile(crl.path, (await makeCrl(pki.root)).pem + withdrawn.pem);
    assert.equal(failureOf((await send()).result).code, "tls.revoked");
  });
});
