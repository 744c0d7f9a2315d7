import "reflect-metadata";
import { createHash } from "node:crypto";
import { BasicConstraintsExtension, SubjectAlternativeNameExtension, X509Certificate } from "@peculiar/x509";
import type { CertificateReport } from "./report.ts";

const millisecondsPerDay = 86_400_000;

/** Names of signature algorithms as OpenSSL prints them (RFC 8017, RFC 5758, RFC 8410), by WebCrypto name and hash. */
const signatureNames: Readonly<Record<string, string>> = {
  "RSASSA-PKCS1-v1_5 SHA-1": "sha1WithRSAEncryption",
  "RSASSA-PKCS1-v1_5 SHA-256": "sha256WithRSAEncryption",
  "RSASSA-PKCS1-v1_5 SHA-384": "sha384WithRSAEncryption",
  "RSASSA-PKCS1-v1_5 SHA-512": "sha512WithRSAEncryption",
  "ECDSA SHA-1": "ecdsa-with-SHA1",
  "ECDSA SHA-256": "ecdsa-with-SHA256",
  "ECDSA SHA-384": "ecdsa-with-SHA384",
  "ECDSA SHA-512": "ecdsa-with-SHA512",
  "Ed25519 ": "Ed25519",
  "Ed448 ": "Ed448",
};

/**
 * Reads a certificate from its DER bytes, which come from a server and may be anything.
 * The fields are read from the DER and not from the runtime's own class, because OpenSSL and BoringSSL differ there.
 * Throws what the reader throws on bytes that are no certificate.
 */
export function describeCertificate(
  der: Uint8Array,
  source: CertificateReport["source"] = null,
  now: number = Date.now(),
): CertificateReport {
  const fingerprint = createHash("sha256").update(der).digest("hex");
  const facts = known.get(fingerprint) ?? readCertificate(der, fingerprint);
  known.delete(fingerprint);
  known.set(fingerprint, facts);
  for (const [oldest] of known) if (known.size > mostKnown) known.delete(oldest);
  return { ...facts, source, daysLeft: Math.floor((Date.parse(facts.notAfter) - now) / millisecondsPerDay) };
}

type Facts = Omit<CertificateReport, "source" | "daysLeft">;

/** Reading takes a millisecond, and the same few certificates come with every request. The last used one is at the end. */
const known = new Map<string, Facts>();
const mostKnown = 100;

function readCertificate(der: Uint8Array, fingerprint: string): Facts {
  const certificate = new X509Certificate(new Uint8Array(der));
  const subjectAltNames = readSubjectAltNames(certificate);
  const subject = displayName(certificate.subjectName.toJSON());
  const issuer = displayName(certificate.issuerName.toJSON());
  return {
    subject: subject.full,
    issuer: issuer.full,
    subjectName: subject.short ?? subjectAltNames[0]?.replace(/^[^:]*:/, "") ?? (subject.full || "(no subject)"),
    issuerName: issuer.short ?? (issuer.full || "(no issuer)"),
    subjectAltNames,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    serialNumber: colons(certificate.serialNumber),
    ...readKey(certificate),
    signatureAlgorithm: readSignature(certificate),
    fingerprint256: colons(fingerprint),
    isAuthority: certificate.getExtension(BasicConstraintsExtension)?.ca ?? false,
    selfSigned: certificate.subject === certificate.issuer,
    pem: toPem(der),
  };
}

/** RFC 7468 §5: DER to PEM. */
function toPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function colons(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(":");
}

/** `CN=api.example.com, O=Example`: most specific first, as RFC 4514 §2.1 orders a name. */
function displayName(name: readonly Record<string, readonly string[]>[]): { full: string; short: string | undefined } {
  const parts: string[] = [];
  let short: string | undefined;
  for (const rdn of [...name].reverse()) {
    const pairs = Object.entries(rdn).flatMap(([type, values]) => values.map((value) => ({ type, value })));
    short ??= pairs.find(({ type }) => type === "CN")?.value;
    parts.push(pairs.map(({ type, value }) => `${type}=${value}`).join("+"));
  }
  return { full: parts.join(", "), short };
}

const generalNameLabels: Readonly<Record<string, string>> = { dns: "DNS", ip: "IP", email: "email", url: "URI" };

function readSubjectAltNames(certificate: X509Certificate): string[] {
  const extension = certificate.getExtension(SubjectAlternativeNameExtension);
  return (extension?.names.items ?? []).map(({ type, value }) => `${generalNameLabels[type] ?? type}:${value}`);
}

function readKey(certificate: X509Certificate): Pick<CertificateReport, "keyType" | "keyBits" | "curve"> {
  const algorithm = certificate.publicKey.algorithm as { name: string; modulusLength?: number; namedCurve?: string };
  if (algorithm.modulusLength !== undefined) {
    return { keyType: "RSA", keyBits: algorithm.modulusLength, curve: null };
  }
  if (algorithm.name.startsWith("EC")) {
    const curve = algorithm.namedCurve ?? null;
    const bits = curve?.match(/\d+/)?.[0];
    return { keyType: "EC", keyBits: bits === undefined ? null : Number(bits), curve };
  }
  return { keyType: algorithm.namedCurve ?? algorithm.name, keyBits: null, curve: null };
}

function readSignature(certificate: X509Certificate): string {
  const { name, hash } = certificate.signatureAlgorithm as { name: string; hash?: { name: string } };
  return signatureNames[`${name} ${hash?.name ?? ""}`] ?? [name, hash?.name].filter(Boolean).join(" with ");
}
