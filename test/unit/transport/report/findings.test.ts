import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FailureCode } from "../../../../src/common/failure.ts";
import { findingsOf } from "../../../../src/transport/findings/findings.ts";
import type { CertificateReport, Finding, OcspReport, TlsReport } from "../../../../src/transport/report.ts";
import { signatureScheme } from "../../../../src/transport/signature-scheme.ts";
import { makeCertificate, makeTls } from "../../cli/views.ts";

const leaf = makeCertificate();
const intermediate = makeCertificate({ subjectName: "Middle", fingerprint256: "BB", isAuthority: true });
const root = makeCertificate({
  subjectName: "Root",
  fingerprint256: "CC",
  selfSigned: true,
  source: "trust store",
  signatureAlgorithm: "sha1WithRSAEncryption",
});
const ocsp: OcspReport = {
  status: "good",
  verified: true,
  problem: null,
  producedAt: null,
  thisUpdate: null,
  nextUpdate: null,
  revokedAt: null,
  revocationReason: null,
  responder: null,
};

function found(changes: Partial<TlsReport>, refusedFor?: FailureCode): string[] {
  const tls = makeTls({
    keyExchange: null,
    chain: [leaf, intermediate, root],
    sent: [leaf, intermediate],
    ...changes,
  });
  const inspected = { tls, host: "api.example.com", name: "api.example.com", refusedFor, now: Date.UTC(2026, 6, 1) };
  return findingsOf(inspected).map(({ level, text }) => `${level}: ${text}`);
}
const withLeaf = (changes: Partial<CertificateReport>) => {
  const changed = { ...leaf, ...changes };
  return { chain: [changed, intermediate, root], sent: [changed, intermediate] };
};

describe("what there is to say about a connection's TLS", () => {
  test("nothing, where all is well: a root's own SHA-1 signature does not matter", () => {
    assert.deepEqual(found({}), []);
  });

  const cases: readonly [Finding["level"], string, Partial<TlsReport>][] = [
    ["error", "Server certificate is not for api.example.com", { certificateName: null }],
    ["error", "Server certificate has expired", withLeaf({ daysLeft: -1 })],
    ["error", "Server certificate is not valid yet", withLeaf({ notBefore: "2026-07-02T00:00:00.000Z" })],
    ["warning", "Server certificate expires within a day", withLeaf({ daysLeft: 0 })],
    ["warning", "Server certificate expires in 1 day", withLeaf({ daysLeft: 1 })],
    ["warning", "“Middle” expires in 20 days", { chain: [leaf, { ...intermediate, daysLeft: 20 }, root] }],
    [
      "warning",
      "“Root” expires in 3 days, and it is a trusted root",
      { chain: [leaf, intermediate, { ...root, daysLeft: 3 }] },
    ],
    [
      "warning",
      "“api.example.com” has a weak key: RSA 1024, below 2048 bits",
      withLeaf({ keyType: "RSA", keyBits: 1024, curve: null }),
    ],
    [
      "warning",
      "“api.example.com” has a weak key: EC P-224, below 256 bits",
      withLeaf({ keyBits: 224, curve: "P-224" }),
    ],
    [
      "warning",
      "“api.example.com” is signed with ecdsa-with-SHA1, which can be forged",
      withLeaf({ signatureAlgorithm: "ecdsa-with-SHA1" }),
    ],
    [
      "warning",
      "“Middle” is signed with md5WithRSAEncryption, which can be forged",
      { chain: [leaf, { ...intermediate, signatureAlgorithm: "md5WithRSAEncryption" }, root] },
    ],
    [
      "warning",
      "Server certificate has no subject alternative name; browsers refuse it",
      withLeaf({ subjectAltNames: [] }),
    ],
    ["warning", "TLSv1 is obsolete and no longer secure", { protocol: "TLSv1" }],
    ["warning", "TLSv1.1 is obsolete and no longer secure", { protocol: "TLSv1.1" }],
    [
      "warning",
      "Not stapled although the certificate asks for it (must-staple)",
      { ...withLeaf({ mustStaple: true }), stapled: false },
    ],
    [
      "warning",
      "The stapled OCSP response proves nothing. It is from the future",
      { ocsp: { ...ocsp, verified: false, problem: "It is from the future" } },
    ],
    ["warning", "The stapled OCSP response does not know the certificate", { ocsp: { ...ocsp, status: "unknown" } }],
    ["error", "Revoked, says the stapled OCSP response", { ocsp: { ...ocsp, status: "revoked" } }],
    ["ok", "Not revoked, says the stapled OCSP response", { ocsp }],
    [
      "note",
      "The name other.example is verified in place of api.example.com, by your settings (servername)",
      { nameOverride: "other.example" },
    ],
    [
      "note",
      "Server certificate is signed by itself; certs/ca.pem names it as trusted",
      { chain: [{ ...leaf, selfSigned: true }], sent: [leaf] },
    ],
    [
      "error",
      "Server certificate is signed by itself",
      { chain: [{ ...leaf, selfSigned: true }], sent: [leaf], trustSource: null },
    ],
    ["note", "The server sends 1 certificate that the chain does not need", { sent: [leaf, leaf, intermediate] }],
  ];
  for (const [level, text, changes] of cases) {
    test(text, () => assert.deepEqual(found(changes), [`${level}: ${text}`]));
  }

  test("expired or ending client certificates", () => {
    const client = (daysLeft: number) => ({
      clientCertificate: {
        configured: makeCertificate({ daysLeft }),
        requested: true,
        presented: true,
        acceptedAuthorities: null,
      },
    });
    assert.deepEqual(found(client(-1)), ["warning: Client certificate has expired"]);
    assert.deepEqual(found(client(20)), ["warning: Client certificate expires in 20 days"]);
    assert.deepEqual(found(client(21)), []);
  });

  test("must-staple is no finding where it is not known whether something was stapled", () => {
    assert.deepEqual(found({ ...withLeaf({ mustStaple: true }), stapled: null }), []);
  });

  test("what the verdict says is not said twice, and the worst comes first", () => {
    const bad = { ...withLeaf({ daysLeft: -3, keyBits: 160, curve: "P-160" }), certificateName: null };
    assert.deepEqual(found(bad, "tls.expired"), [
      "error: Server certificate is not for api.example.com",
      "warning: “api.example.com” has a weak key: EC P-160, below 256 bits",
    ]);
    assert.deepEqual(found({ certificateName: null }, "tls.hostname-mismatch"), []);
  });
});

describe("the signature scheme is known only where the key leaves no choice", () => {
  const cases: readonly [string, Partial<CertificateReport>, string | null][] = [
    ["TLSv1.3", {}, "ecdsa_secp256r1_sha256"],
    ["TLSv1.3", { curve: "P-384" }, "ecdsa_secp384r1_sha384"],
    ["TLSv1.3", { keyType: "Ed25519", curve: null }, "ed25519"],
    ["TLSv1.2", { keyType: "Ed25519", curve: null }, "ed25519"],
    ["TLSv1.2", {}, null],
    ["TLSv1.3", { keyType: "RSA", keyBits: 2048, curve: null }, null],
  ];
  for (const [protocol, changes, scheme] of cases) {
    test(`${protocol} ${JSON.stringify(changes)}`, () => {
      assert.equal(signatureScheme(protocol, { ...leaf, ...changes }), scheme);
    });
  }
});
