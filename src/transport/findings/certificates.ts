import type { CertificateReport, Finding } from "../report.ts";
import { error, expiresSoonDays, type Inspected, inDays, note, type Rule, warning } from "./rule.ts";

/** What browsers take at most from public authorities (CA/Browser Forum Baseline Requirements §6.3.2, until 2026). */
const longestPublicDays = 398;

/** Each looks at the certificates of the chain, or at the server's own. */
export const certificateRules: readonly Rule[] = [
  nameMismatch,
  selfSigned,
  ({ tls, now, refusedFor }) => tls.chain.flatMap((each, index) => validity(each, index, now, refusedFor)),
  ({ tls: { chain } }) => (chain[0] ? lifetime(chain[0]) : []),
  ({ tls: { chain } }) => chain.flatMap(weakKey),
  ({ tls: { chain } }) => chain.flatMap(weakSignature),
  ({ tls: { chain } }) =>
    chain[0]?.subjectAltNames.length === 0
      ? [warning("Server certificate has no subject alternative name; browsers refuse it")]
      : [],
];

function nameMismatch({ tls, name, refusedFor }: Inspected): Finding[] {
  if (tls.chain.length === 0 || tls.certificateName !== null || refusedFor === "tls.hostname-mismatch") return [];
  return [error(`Server certificate is not for ${name}`)];
}

function selfSigned({ tls: { chain, trustSource }, refusedFor }: Inspected): Finding[] {
  const [leaf] = chain;
  if (!leaf?.selfSigned || refusedFor === "tls.self-signed") return [];
  return trustSource === null
    ? [error("Server certificate is signed by itself")]
    : [note(`Server certificate is signed by itself; ${trustSource} names it as trusted`)];
}

function validity(
  certificate: CertificateReport,
  index: number,
  now: number,
  refusedFor: Inspected["refusedFor"],
): Finding[] {
  const who = index === 0 ? "Server certificate" : `“${certificate.subjectName}”`;
  const { daysLeft, notBefore, source } = certificate;
  if (Date.parse(notBefore) > now) {
    return refusedFor === "tls.not-yet-valid" ? [] : [error(`${who} is not valid yet`)];
  }
  if (daysLeft < 0) return refusedFor === "tls.expired" ? [] : [error(`${who} has expired`)];
  // An authority that the person trusts by name is not the server's to renew, but it ends all the same.
  if (daysLeft >= expiresSoonDays) return [];
  return [warning(`${who} expires ${inDays(daysLeft)}${source === "trust store" ? ", and it is a trusted root" : ""}`)];
}

function lifetime({ validDays }: CertificateReport): Finding[] {
  if (validDays <= longestPublicDays) return [];
  return [
    note(
      `Server certificate is made for ${validDays} days; browsers take at most ${longestPublicDays} from a public authority`,
    ),
  ];
}

/** RFC 7525 §4.3, NIST SP 800-57: what is below can be broken. */
function weakKey({ subjectName, keyType, keyBits, curve }: CertificateReport): Finding[] {
  const least = keyType === "EC" ? 256 : 2048;
  if (keyBits === null || keyBits >= least) return [];
  return [warning(`“${subjectName}” has a weak key: ${keyType} ${curve ?? keyBits}, below ${least} bits`)];
}

/** Nobody checks the signature that a root put under itself. */
function weakSignature({ subjectName, signatureAlgorithm, selfSigned: isRoot }: CertificateReport): Finding[] {
  if (isRoot || !/sha-?1(?!\d)|md5/i.test(signatureAlgorithm)) return [];
  return [warning(`“${subjectName}” is signed with ${signatureAlgorithm}, which can be forged`)];
}
