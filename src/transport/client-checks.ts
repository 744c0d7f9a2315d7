import type { X509Certificate } from "node:crypto";
import type { Note } from "../common/note.ts";
import type { FileReference } from "../settings/tls-profile.ts";
import { identityFailure } from "./identity-failures.ts";
import type { CertificateReport } from "./report.ts";

/** The curves that TLS 1.3 signs with (RFC 8446 §4.2.3), as Node names them. */
const signingCurves = ["prime256v1", "secp384r1", "secp521r1"];
const leastRsaBits = 2048;

/**
 * Can this certificate be shown to a server at all? Some of these mistakes make Node send no certificate, without a word.
 * @throws {Failure} `identity.weak-key`, `identity.key-unsupported`, `identity.wrong-purpose`
 */
export function checkClientCertificate(
  { publicKey }: Pick<X509Certificate, "publicKey">,
  report: CertificateReport,
  file: FileReference,
  hasTls12: boolean,
): void {
  const { asymmetricKeyType: type = "", asymmetricKeyDetails: details } = publicKey;
  const subject = `The client certificate “${report.subjectName}” in ${file.written}`;
  const bits = details?.modulusLength ?? leastRsaBits;
  if (bits < leastRsaBits) {
    throw identityFailure(file, {
      code: "identity.weak-key",
      title: `The key of ${file.written} is too short to be safe`,
      detail: `${subject} has an RSA key of ${bits} bits. TLS no longer accepts less than ${leastRsaBits}. Nothing was sent.`,
      fix: "Have the certificate renewed, with an EC key or an RSA key of 2048 bits or more.",
    });
  }
  const curve = details?.namedCurve;
  const isKnownType = ["rsa", "rsa-pss", "ec", "ed25519", "ed448"].includes(type);
  if (!isKnownType || (curve !== undefined && !signingCurves.includes(curve) && !hasTls12)) {
    const kind = curve === undefined ? `${type.toUpperCase()} key` : `key on the curve ${curve}`;
    throw identityFailure(file, {
      code: "identity.key-unsupported",
      title: `TLS 1.3 cannot use the key of ${file.written}`,
      detail: `${subject} has a ${kind}, with which TLS 1.3 has no signature. Nothing was sent.`,
      fix: `Have the certificate renewed with a key on P-256.${isKnownType ? ' If the server speaks TLS 1.2, add "minVersion": "TLSv1.2" to its entry.' : ""}`,
    });
  }
  const wrong = wrongPurpose(report);
  if (wrong === undefined) return;
  throw identityFailure(file, {
    code: "identity.wrong-purpose",
    title: `${file.written} is not a certificate for clients`,
    detail: `${subject} is ${wrong}. Servers refuse it as a client certificate. Nothing was sent.`,
    fix: `Name a certificate that is made for clients in ${file.setting}: its extended key usage holds clientAuth.`,
  });
}

/** RFC 5280 §4.2.1.3 and §4.2.1.12: an extension that is there must allow it; OpenSSL's and Go's servers hold to that. */
function wrongPurpose({ extendedKeyUsages, keyUsages, isAuthority }: CertificateReport): string | undefined {
  const any = ["clientAuth", "anyExtendedKeyUsage", "2.5.29.37.0"];
  if (extendedKeyUsages.length > 0 && !extendedKeyUsages.some((usage) => any.includes(usage))) {
    return `made for ${extendedKeyUsages.join(", ")} (extended key usage), not for clientAuth`;
  }
  if (keyUsages.length === 0 || keyUsages.some((usage) => ["digitalSignature", "keyAgreement"].includes(usage))) {
    return undefined;
  }
  const whose = isAuthority ? "the certificate of an authority, " : "";
  return `${whose}made for ${keyUsages.join(", ")} (key usage), not for signing a connection`;
}

/** What to say of this certificate before it is shown: another clock or a lenient server may take it, so it is sent. */
export function doubts(report: CertificateReport, file: FileReference, now: number = Date.now()): Note[] {
  const when = (date: string) => `${date.slice(0, 10)} at ${date.slice(11, 16)} UTC`;
  const renew = `Have it renewed, and name the new one in ${file.setting}.`;
  const texts = [
    Date.parse(report.notAfter) < now && `expired on ${when(report.notAfter)}: servers will refuse it. ${renew}`,
    Date.parse(report.notBefore) > now &&
      `is not valid before ${when(report.notBefore)}: servers will refuse it until then. Check the clock of this machine, too.`,
    /sha-?1(?!\d)|md5/i.test(report.signatureAlgorithm) &&
      `is signed with ${/md5/i.test(report.signatureAlgorithm) ? "MD5" : "SHA-1"}: most servers refuse it. ${renew}`,
  ];
  return texts
    .filter((text) => text !== false)
    .map((text) => ({
      level: "warning",
      text: `The client certificate “${report.subjectName}” (${file.written}) ${text}`,
    }));
}
