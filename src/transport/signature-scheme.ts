import type { CertificateReport, TlsReport } from "./report.ts";

/**
 * The scheme that a key of this kind must sign a handshake with, by its curve or else its type: in TLS 1.3 a curve and
 * its hash belong together (RFC 8446 §4.2.3).
 */
const onlySchemes: Readonly<Record<string, string>> = {
  "P-256": "ecdsa_secp256r1_sha256",
  "P-384": "ecdsa_secp384r1_sha384",
  "P-521": "ecdsa_secp521r1_sha512",
  Ed25519: "ed25519",
  Ed448: "ed448",
};

/** Node does not tell the scheme: what is known is known from the key. An RSA key could have been used with several. */
export function signatureScheme(protocol: TlsReport["protocol"], leaf: CertificateReport | undefined): string | null {
  if (!leaf) return null;
  const { keyType, curve } = leaf;
  const isEdwards = keyType === "Ed25519" || keyType === "Ed448";
  // RFC 8422 §5.10: the Edwards curves have one hash in TLS 1.2 too.
  if (protocol !== "TLSv1.3" && !(protocol === "TLSv1.2" && isEdwards)) return null;
  return onlySchemes[curve ?? keyType] ?? null;
}
