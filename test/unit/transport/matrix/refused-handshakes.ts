import type { TlsOptions } from "node:tls";
import type { Identity } from "../../../../src/certs/pki.ts";
import { loopbackHosts } from "../../../support/pki.ts";
import {
  serverIdentity,
  startPlainHttpServer,
  startResettingServer,
  startSilentServer,
} from "../../../support/servers.ts";
import { handMade } from "../../../support/tls/hand-made.ts";
import { alertRecord, startRawServer } from "../../../support/tls/raw.ts";
import { type Cut, startCuttingRelay } from "../../../support/tls/relay.ts";
import {
  startOnlyCipherServer,
  startUnaskedCipherServer,
  startWeakDhServer,
} from "../../../support/tls/server-flight.ts";
import type { Material } from "./material.ts";
import { type Observed, type RefusedRow, tlsServer, type Version, withoutKeys } from "./row.ts";

/* Handshakes that must not succeed: versions, cipher suites, key exchange, and servers that break off. */

const shared = (options: TlsOptions) => (material: Material, version: Version | undefined) =>
  tlsServer({ ...serverIdentity(material.pki.server), ...options }, version);

const old = (version: "TLSv1" | "TLSv1.1") => (material: Material) =>
  shared({ minVersion: version, maxVersion: version, ciphers: "DEFAULT@SECLEVEL=0" })(material, undefined);

const noShared = "The server and Padlock found no common way to encrypt";
const unasked = "The server chose a kind of encryption that was not offered";
const noVersion = "The server speaks no TLS version that is allowed here";
const closed = "The server closed the connection in the TLS handshake";

async function cut(material: Material, version: Version, where: Cut): Promise<Observed> {
  const server = await shared({})(material, version);
  const relay = await startCuttingRelay(server.port, where);
  return {
    port: relay.port,
    get connections() {
      return relay.connections;
    },
    get applicationBytes() {
      return server.applicationBytes;
    },
    [Symbol.asyncDispose]: async () => {
      await relay.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

const weakDh = (bits: number): RefusedRow => ({
  name: `dh${bits}`,
  versions: ["TLSv1.2"],
  server: ({ rsaRoot }) =>
    startWeakDhServer(bits, handMade({ hosts: loopbackHosts, key: rsaRoot().privateKey }, rsaRoot()) as Identity),
  code: "tls.weak-key",
  title: "The server's key exchange is too weak",
  detail: ["less than 2048 bits"],
  fix: "better an elliptic-curve key exchange",
});

/** Cipher suites that badssl.com still has, and no client offers. */
const deadSuites = { "rc4-md5": 0x0004, rc4: 0x0005, "3des": 0x000a, null: 0x003b } as const;

const onlyDeadSuite = ([name, suite]: readonly [string, number]): RefusedRow => ({
  name,
  versions: ["TLSv1.2"],
  server: () => startOnlyCipherServer(suite),
  code: "tls.no-shared-cipher",
  title: noShared,
  detail: ["TLS alert handshake_failure (40)"],
  fix: "a modern cipher suite",
});

const unaskedSuite = ([name, suite]: readonly [string, number]): RefusedRow => ({
  name: `${name}, chosen although it was not offered`,
  versions: ["TLSv1.2"],
  server: () => startUnaskedCipherServer(suite),
  code: "tls.no-shared-cipher",
  title: unasked,
  fix: "must choose among what the client offers",
});

export const refusedHandshakes: readonly RefusedRow[] = [
  ...[480, 512, 1024].map(weakDh),
  ...Object.entries(deadSuites).map(onlyDeadSuite),
  ...Object.entries(deadSuites).map(unaskedSuite),
  ...(["TLSv1", "TLSv1.1"] as const).map(
    (version): RefusedRow => ({
      name: version === "TLSv1" ? "tls1.0" : "tls1.1",
      versions: ["TLSv1.2"],
      server: old(version),
      code: "tls.protocol-version",
      title: noVersion,
      detail: ["TLS alert protocol_version (70)", "Padlock offered TLS 1.2 and TLS 1.3."],
      fix: "TLS 1.1 and older are broken, and are never used",
    }),
  ),
  {
    name: "ssl3",
    versions: ["TLSv1.2"],
    server: () => startRawServer((socket) => socket.end(alertRecord(40, 0x0300))),
    code: "tls.no-shared-cipher",
    title: noShared,
    fix: "must offer TLS 1.2 or 1.3",
  },
  {
    name: "ssl2 (closes the connection)",
    versions: ["TLSv1.2"],
    server: () => startRawServer((socket) => socket.end()),
    code: "tls.handshake-failed",
    title: closed,
    fix: "Look into the server's log",
  },
  {
    name: "TLS 1.2 only, where the settings demand 1.3",
    versions: ["TLSv1.2"],
    server: shared({}),
    profile: async () => ({ minVersion: "TLSv1.3" }),
    code: "tls.protocol-version",
    title: noVersion,
    detail: ["Padlock offered TLS 1.3 only, as the settings say."],
    fix: 'set "minVersion" to "TLSv1.2" in the entry "localhost:*" of padlock.hosts',
  },
  {
    name: "TLS 1.3 only, where the settings stop at 1.2",
    versions: ["TLSv1.3"],
    server: shared({}),
    profile: async () => ({ maxVersion: "TLSv1.2" }),
    code: "tls.protocol-version",
    title: noVersion,
    detail: ["Padlock offered TLS 1.2 only, as the settings say."],
    fix: 'Take "maxVersion" (or a choice of "ciphers") out of the entry "localhost:*" of padlock.hosts',
  },
  {
    name: "no group in common",
    server: shared({ ecdhCurve: "P-384" }),
    profile: async () => ({ groups: ["X25519"] }),
    code: "tls.no-shared-cipher",
    title: noShared,
    detail: ['because of "groups" in the entry "localhost:*" of padlock.hosts'],
    fix: 'Take "groups" out of the entry "localhost:*" of padlock.hosts',
  },
  {
    name: "no cipher suite in common",
    server: (material, version) => {
      const ciphers = version === "TLSv1.3" ? "TLS_AES_128_GCM_SHA256" : "ECDHE-ECDSA-AES128-GCM-SHA256";
      return shared({ ciphers })(material, version);
    },
    profile: async () => ({ ciphers: ["TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"] }),
    code: "tls.no-shared-cipher",
    title: noShared,
    detail: ['because of "ciphers" in the entry "localhost:*" of padlock.hosts'],
    fix: 'Take "ciphers" out of the entry "localhost:*" of padlock.hosts',
  },
  {
    name: "HTTP/2 only",
    server: shared({ ALPNProtocols: ["h2"] }),
    code: "tls.alpn",
    title: "The server does not speak the HTTP version that was offered",
    detail: ["TLS alert no_application_protocol (120)"],
    fix: 'add "http2": true to the entry "localhost:*" of padlock.hosts',
  },
  {
    name: "plain HTTP on the port",
    versions: ["TLSv1.3"],
    server: async () => withoutKeys(await startPlainHttpServer()),
    code: "tls.not-tls",
    title: "The server does not speak TLS on this port",
    fix: "Correct the port in the URL",
  },
  {
    name: "garbage in place of TLS",
    versions: ["TLSv1.3"],
    server: () => startRawServer((socket) => socket.write(Buffer.alloc(64, 0x5a))),
    code: "tls.not-tls",
    title: "The server does not speak TLS on this port",
    fix: "Correct the port in the URL",
  },
  {
    name: "garbage inside of a TLS record",
    versions: ["TLSv1.3"],
    server: () => startRawServer((socket) => socket.write(Buffer.of(22, 3, 3, 0, 8, 2, 0, 0, 4, 9, 9, 9, 9))),
    code: "tls.handshake-failed",
    title: "The server's handshake breaks the rules of TLS",
    fix: "Look into the server's TLS software",
  },
  {
    name: "closes after ServerHello",
    server: (material, version) => cut(material, version, "after ServerHello"),
    code: "tls.handshake-failed",
    title: closed,
    fix: "Look into the server's log",
  },
  {
    name: "closes in the middle of the certificate",
    server: (material, version) => cut(material, version, "in the middle of the certificate"),
    code: "tls.handshake-failed",
    title: closed,
    fix: "Look into the server's log",
  },
  {
    name: "resets the connection",
    versions: ["TLSv1.3"],
    server: async () => withoutKeys(await startResettingServer()),
    code: "tls.handshake-failed",
    title: closed,
    fix: "Look into the server's log",
  },
  {
    name: "hangs in the handshake",
    versions: ["TLSv1.3"],
    server: async () => withoutKeys(await startSilentServer()),
    timeouts: { handshake: 100 },
    code: "timeout.handshake",
    title: /the TLS handshake with localhost.* did not end within 100 ms/,
    fix: /"padlock\.timeout": \{ "handshake": /,
  },
];
