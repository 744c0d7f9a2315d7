import type { Identity } from "../../../../src/certs/pki.ts";
import { createSelfSigned, loopbackHosts } from "../../../support/pki.ts";
import { serverIdentity } from "../../../support/servers.ts";
import { daysFromNow, type HandMade, handMade } from "../../../support/tls/hand-made.ts";
import { ecKey, rsaKey } from "../../../support/tls/keys.ts";
import { forged, type Material } from "./material.ts";
import { type RefusedRow, tlsServer, type Version } from "./row.ts";

/* Certificates that must not be accepted: the sites of badssl.com, made here. */

type Shown = Identity | HandMade;
const show = (make: (material: Material) => Promise<Shown> | Shown) => async (material: Material, version: Version) =>
  tlsServer(serverIdentity((await make(material)) as Identity), version);

/** For keys and hashes that OpenSSL would not even serve otherwise. */
const showWeak = (make: (material: Material) => Shown) => (material: Material, version: Version) =>
  tlsServer({ ...serverIdentity(make(material) as Identity), ciphers: "DEFAULT@SECLEVEL=0" }, version);

const trustRsaRoot = async (material: Material) => ({
  ca: [await material.file("rsa-ca.pem", material.rsaRoot().certificatePem, "ca")],
});

const addAuthority = 'add the file to "ca" in the entry "localhost:*" of padlock.hosts';

export const refusedCertificates: readonly RefusedRow[] = [
  {
    name: "expired",
    server: show(({ issue }) => issue({ notBefore: daysFromNow(-30), notAfter: daysFromNow(-12.5) })),
    code: "tls.expired",
    title: "The server's certificate expired 12 days ago",
    about: "localhost",
    detail: [/It was valid until \d{4}-\d\d-\d\d \d\d:\d\d UTC\./],
    fix: "must renew its certificate",
    chain: ["localhost", "Test Intermediate", "Test Root"],
  },
  {
    name: "expired intermediate",
    server: show(async ({ pki }) => {
      const dates = { notBefore: daysFromNow(-30), notAfter: daysFromNow(-1.5) };
      const intermediate = await pki.root.issueIntermediate({ name: "Old Intermediate", ...dates });
      return intermediate.issueServer({ name: "localhost", hosts: loopbackHosts });
    }),
    code: "tls.expired",
    title: "The authority's certificate “Old Intermediate” expired yesterday",
    about: "Old Intermediate",
    fix: "must renew its certificate",
    chain: ["localhost", "Old Intermediate", "Test Root"],
  },
  {
    name: "not yet valid",
    server: show(({ issue }) => issue({ notBefore: daysFromNow(2), notAfter: daysFromNow(30) })),
    code: "tls.not-yet-valid",
    title: "The server's certificate is not valid yet",
    about: "localhost",
    detail: [/It is valid from \d{4}-\d\d-\d\d \d\d:\d\d UTC; the clock here says /],
    fix: "Check this machine's clock",
    chain: ["localhost", "Test Intermediate", "Test Root"],
  },
  {
    name: "wrong host",
    server: show(({ issue }) => issue({ name: "wrong.example", hosts: ["wrong.example", "*.wrong.example"] })),
    code: "tls.hostname-mismatch",
    title: "The server's certificate is not for localhost",
    about: "wrong.example",
    detail: ["the certificate is for wrong.example, *.wrong.example"],
    fix: "lists localhost as a subject alternative name",
    chain: ["wrong.example", "Test Intermediate", "Test Root"],
  },
  {
    name: "self-signed",
    server: show(() => createSelfSigned({ name: "localhost", hosts: loopbackHosts })),
    code: "tls.self-signed",
    title: "The server's certificate is signed by itself",
    about: "localhost",
    detail: ["ca.pem (padlock.hosts › localhost:* › ca)"],
    fix: new RegExp(`${addAuthority.replace("*", "\\*")}.*fingerprint first: ([0-9A-F]{2}:){31}`),
    chain: ["localhost"],
  },
  {
    name: "untrusted root, sent",
    server: ({ other }, version) =>
      tlsServer({ cert: other.server.chainPem + other.root.certificatePem, key: other.server.privateKeyPem }, version),
    code: "tls.unknown-authority",
    title: "The server's certificate comes from an unknown authority",
    about: "localhost",
    detail: ["Its chain ends in “Test Root”", "ca.pem (padlock.hosts › localhost:* › ca)"],
    fix: addAuthority,
    chain: ["localhost", "Test Intermediate", "Test Root"],
  },
  {
    name: "untrusted root, not sent",
    server: show(({ other }) => other.server),
    code: "tls.unknown-authority",
    title: "The server's certificate comes from an unknown authority",
    about: "localhost",
    detail: ["Its chain leads to “Test Root”", "ca.pem (padlock.hosts › localhost:* › ca)"],
    fix: addAuthority,
    chain: ["localhost", "Test Intermediate"],
  },
  {
    name: "incomplete chain",
    server: ({ pki }, version) =>
      tlsServer({ cert: pki.server.certificatePem, key: pki.server.privateKeyPem }, version),
    code: "tls.incomplete-chain",
    title: "The server does not send its whole certificate chain",
    about: "localhost",
    detail: ["The certificate of its issuer “Test Intermediate” was not sent"],
    fix: "Let the server send the intermediate certificate too",
    chain: ["localhost"],
  },
  {
    name: "reversed chain",
    versions: ["TLSv1.3"],
    server: ({ pki }, version) =>
      tlsServer(
        { cert: pki.intermediate.certificatePem + pki.server.certificatePem, key: pki.intermediate.privateKeyPem },
        version,
      ),
    code: "tls.wrong-purpose",
    title: "The server shows an authority's certificate as its own",
    about: "Test Intermediate",
    fix: "put its own certificate first",
    chain: ["Test Intermediate", "Test Root"],
  },
  {
    name: "reversed chain, of an authority that may be a server too",
    server: ({ pki }, version) => {
      const subject = [["CN", "Public Intermediate"]] as const;
      const intermediate = handMade({ subject, key: ecKey(), isAuthority: true, alsoServer: true }, pki.root);
      const leaf = handMade({ hosts: loopbackHosts, key: ecKey() }, intermediate);
      const cert = intermediate.certificatePem + leaf.certificatePem;
      return tlsServer({ cert, key: intermediate.privateKeyPem }, version);
    },
    code: "tls.hostname-mismatch",
    title: "The server's certificate is not for localhost",
    about: "Public Intermediate",
    fix: "put its own certificate first",
    chain: ["Public Intermediate", "Test Root"],
  },
  {
    name: "forged: signed by another key than the authority's of that name",
    server: (material, version) => {
      const { leaf, chainPem } = forged(material);
      return tlsServer({ cert: chainPem, key: leaf.privateKeyPem }, version);
    },
    code: "tls.unknown-authority",
    title: "A signature in the server's chain is wrong",
    about: "localhost",
    fix: "Otherwise somebody may stand between you and the server",
    chain: ["localhost", "Real Intermediate", "Test Root"],
  },
  {
    name: "another intermediate of the same name",
    server: ({ pki, other }, version) =>
      tlsServer(
        { cert: other.server.certificatePem + pki.intermediate.certificatePem, key: other.server.privateKeyPem },
        version,
      ),
    code: "tls.incomplete-chain",
    title: "The certificates that the server sends do not belong together",
    about: "localhost",
    detail: ["first and 2 certificates in all. None of them has signed the first"],
    fix: "Let the server send the intermediate certificate that has signed its own",
    chain: ["localhost"],
  },
  {
    name: "issued by a certificate that is no authority",
    server: show(({ pki }) =>
      handMade({ subject: [["CN", "below a leaf"]], hosts: loopbackHosts, key: ecKey() }, pki.server),
    ),
    code: "tls.wrong-purpose",
    title: "A certificate in the server's chain may not issue others",
    about: "below a leaf",
    fix: "a certificate that a real authority has issued",
    chain: ["below a leaf"],
  },
  {
    name: "made for clients (extended key usage)",
    server: show(({ issue }) => issue({ purpose: "client" })),
    code: "tls.wrong-purpose",
    title: "The server's certificate is not made for servers",
    about: "localhost",
    fix: "“serverAuth”",
    chain: ["localhost", "Test Intermediate", "Test Root"],
  },
  {
    name: "sha1",
    server: showWeak(({ make }) => make({ key: ecKey(), hash: "sha1" })),
    code: "tls.weak-signature",
    title: "The server's certificate is signed with a broken hash",
    about: "localhost",
    detail: ["ecdsa-with-SHA1"],
    fix: "SHA-256 or better",
    chain: ["localhost", "Test Root"],
  },
  {
    name: "sha1 intermediate",
    server: showWeak(({ pki }) => {
      const subject = [["CN", "SHA-1 Intermediate"]] as const;
      const intermediate = handMade({ subject, key: ecKey(), isAuthority: true, hash: "sha1" }, pki.root);
      return handMade({ hosts: loopbackHosts, key: ecKey() }, intermediate);
    }),
    code: "tls.weak-signature",
    title: "The server's certificate is signed with a broken hash",
    about: "SHA-1 Intermediate",
    detail: ["ecdsa-with-SHA1"],
    fix: "SHA-256 or better",
    chain: ["localhost", "SHA-1 Intermediate", "Test Root"],
  },
  {
    name: "md5",
    server: showWeak(({ rsaRoot }) => handMade({ hosts: loopbackHosts, key: ecKey(), hash: "md5" }, rsaRoot())),
    profile: trustRsaRoot,
    code: "tls.weak-signature",
    title: "The server's certificate is signed with a broken hash",
    about: "localhost",
    detail: [/md5/i],
    fix: "SHA-256 or better",
    chain: ["localhost", "RSA Root"],
  },
  {
    name: "rsa512",
    versions: ["TLSv1.2"],
    server: showWeak(({ make }) => make({ key: rsaKey(512) })),
    code: "tls.weak-key",
    title: "The server's key is too short",
    about: "localhost",
    detail: ["an RSA key of 512 bits"],
    fix: "RSA 2048 or EC P-256 at least",
    chain: ["localhost", "Test Root"],
  },
  {
    name: "rsa1024",
    server: showWeak(({ make }) => make({ key: rsaKey(1024) })),
    code: "tls.weak-key",
    title: "The server's key is too short",
    about: "localhost",
    detail: ["an RSA key of 1024 bits"],
    fix: "RSA 2048 or EC P-256 at least",
    chain: ["localhost", "Test Root"],
  },
  {
    name: "rsa1024 intermediate",
    server: showWeak(({ pki }) => {
      const subject = [["CN", "Short Intermediate"]] as const;
      const intermediate = handMade({ subject, key: rsaKey(1024), isAuthority: true }, pki.root);
      return handMade({ hosts: loopbackHosts, key: ecKey() }, intermediate);
    }),
    code: "tls.weak-key",
    title: "An authority's key is too short",
    about: "Short Intermediate",
    detail: ["an RSA key of 1024 bits"],
    fix: "RSA 2048 or EC P-256 at least",
    chain: ["localhost", "Short Intermediate", "Test Root"],
  },
  {
    name: "10000 names",
    server: show(({ make }) =>
      make({
        key: ecKey(),
        hosts: [...loopbackHosts, ...Array.from({ length: 10_000 }, (_, n) => `${n}.example.com`)],
      }),
    ),
    code: "tls.handshake-failed",
    title: "The server's certificate is too large",
    detail: ["more than 100 KB"],
    fix: "split its names over several certificates",
  },
];
