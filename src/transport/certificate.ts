import { createHash } from "node:crypto";
import type { CertificateReport } from "./report.ts";
import { type CertificateFields, readCertificateFields } from "./x509/certificate-fields.ts";
import { type ExtensionFields, readExtensionFields } from "./x509/extensions.ts";
import { readPublicKey } from "./x509/public-key.ts";

const millisecondsPerDay = 86_400_000;

/**
 * Reads a certificate from its DER bytes, which come from a server and may be anything.
 * The fields are read from the DER and not from the runtime's own class, because OpenSSL and BoringSSL differ there.
 * @throws {DerError} on bytes that are no certificate
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
  return { ...facts, source, daysLeft: wholeDays(Date.parse(facts.notAfter) - now) };
}

type Facts = Omit<CertificateReport, "source" | "daysLeft">;

/** The same few certificates come with every request. The last used one is at the end. */
const known = new Map<string, Facts>();
const mostKnown = 100;

function readCertificate(der: Uint8Array, fingerprint: string): Facts {
  const fields = readCertificateFields(der);
  const { subjectText, issuerText, notBefore, notAfter, publicKey } = fields;
  const extensions = readExtensionFields(fields.extensions);
  const firstName = extensions.subjectAltNames[0]?.replace(/^[^:]*:/, "");
  return {
    subject: subjectText.full,
    issuer: issuerText.full,
    subjectName: subjectText.commonName ?? firstName ?? (subjectText.full || "(no subject)"),
    issuerName: issuerText.commonName ?? (issuerText.full || "(no issuer)"),
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    validDays: wholeDays(notAfter.getTime() - notBefore.getTime()),
    version: fields.version,
    serialNumber: fields.serialNumber,
    ...readPublicKey(publicKey),
    signatureAlgorithm: fields.signatureAlgorithm,
    fingerprint256: (fingerprint.toUpperCase().match(/../g) ?? []).join(":"),
    spkiPin: `sha256/${createHash("sha256").update(publicKey.raw).digest("base64")}`,
    ...extensions,
    isAuthority: extensions.basicConstraints?.isAuthority ?? false,
    selfSigned: isSelfSigned(fields, extensions),
    pem: toPem(der),
  };
}

function wholeDays(milliseconds: number): number {
  return Math.floor(milliseconds / millisecondsPerDay);
}

/** By its names, and by its key where it tells both: an authority's new key may be vouched for by its old one. */
function isSelfSigned({ subject, issuer }: CertificateFields, extensions: ExtensionFields): boolean {
  const { subjectKeyId, authorityKeyId } = extensions;
  const isOtherKey = subjectKeyId !== null && authorityKeyId !== null && subjectKeyId !== authorityKeyId;
  return Buffer.compare(subject.raw, issuer.raw) === 0 && !isOtherKey;
}

/** RFC 7468 §5: DER to PEM. */
function toPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
