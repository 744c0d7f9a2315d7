import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, test } from "node:test";
import type { TlsOptions } from "node:tls";
import { promisify } from "node:util";
import { createSelfSigned, loopbackHosts } from "../../../support/pki.ts";
import { ecKey, rsaKey } from "../../../support/tls/keys.ts";
import { type Material, makeMaterial } from "./material.ts";
import { type Observed, tlsServer } from "./row.ts";

/*
 * What the environment says, to Node or to OpenSSL, weakens nothing. It is read when a process starts, so the requests
 * are sent from processes of their own, with all of it at once.
 */

const servers: readonly (readonly [code: string, start: (material: Material) => Promise<Observed>])[] = [
  ["tls.self-signed", async () => show(await createSelfSigned({ name: "localhost", hosts: loopbackHosts }))],
  ["tls.unknown-authority", ({ other }) => show(other.server)],
  ["tls.protocol-version", ({ pki }) => show(pki.server, { minVersion: "TLSv1", maxVersion: "TLSv1" })],
  ["tls.weak-key", ({ make }) => show(make({ key: rsaKey(1024) }))],
  ["tls.weak-signature", ({ make }) => show(make({ key: ecKey(), hash: "sha1" }))],
];

function show(identity: { chainPem: string; privateKeyPem: string }, options: TlsOptions = {}): Promise<Observed> {
  const { chainPem: cert, privateKeyPem: key } = identity;
  return tlsServer({ cert, key, ciphers: "DEFAULT@SECLEVEL=0", ...options }, undefined);
}

const environments: Readonly<Record<string, (material: Material) => Promise<Record<string, string>>>> = {
  "Node's variables and options": async ({ file, other }) => {
    const { path } = await file("other-root.pem", other.root.certificatePem, "ca");
    return {
      NODE_TLS_REJECT_UNAUTHORIZED: "0",
      NODE_EXTRA_CA_CERTS: path,
      SSL_CERT_FILE: path,
      NODE_OPTIONS: "--tls-min-v1.0 --tls-cipher-list=ALL:@SECLEVEL=0 --use-openssl-ca",
    };
  },
  "a configuration of OpenSSL": async ({ file }) => ({
    OPENSSL_CONF: (await file("weak.cnf", weakConfiguration, "ca")).path,
    NODE_OPTIONS: "--openssl-shared-config",
  }),
};

const weakConfiguration = `nodejs_conf = all
openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = weak
[weak]
MinProtocol = TLSv1
CipherString = ALL:NULL:@SECLEVEL=0
`;

describe("the environment of the process weakens nothing", () => {
  let material: Material;
  before(async () => {
    material = await makeMaterial();
  });
  after(() => material.remove());

  for (const [name, environment] of Object.entries(environments)) {
    test(`${name}: every server is refused as ever, and gets no byte of the request`, async () => {
      const started = await Promise.all(servers.map(([, start]) => start(material)));
      try {
        const ca = await material.file("ca.pem", material.pki.root.certificatePem, "ca");
        const urls = started.map(({ port }) => `https://localhost:${port}/`);
        const codes = await sendElsewhere(ca.path, urls, await environment(material));
        assert.deepEqual(
          codes,
          servers.map(([code]) => code),
        );
        for (const server of started) {
          assert.equal(server.applicationBytes, 0);
          assert.equal(server.connections, 1);
        }
      } finally {
        await Promise.all(started.map((server) => server[Symbol.asyncDispose]()));
      }
    });
  }
});

const script = `
import { get, noProfile, sendOnce, fileReference } from "./test/unit/transport/support.ts";
const [ca, ...urls] = process.argv.slice(1);
const headers = [["Host", "wrong.example"]];
for (const url of urls) {
  const profile = { ...noProfile, ca: [fileReference(ca, "ca")] };
  const { outcome } = await sendOnce(get(url, { method: "POST", headers, profile }));
  console.log(outcome.kind === "failure" ? outcome.failure.code : outcome.response.status);
}
`;

async function sendElsewhere(ca: string, urls: readonly string[], env: Record<string, string>): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script, ca, ...urls], {
    cwd: `${import.meta.dirname}/../../../..`,
    env: { ...process.env, NODE_OPTIONS: "", ...env },
  });
  return stdout.trim().split("\n");
}
