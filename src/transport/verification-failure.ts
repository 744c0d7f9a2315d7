import { Failure, type FailureCode } from "../common/failure.ts";
import { type HostSettingContext, hostSetting } from "./host-setting.ts";
import type { CertificateReport } from "./report.ts";

/** Everything the texts about a refused chain are made of. */
export interface RefusedChain extends HostSettingContext {
  /** Leaf first; may be empty. */
  readonly chain: readonly CertificateReport[];
  /** "certs/ca.pem (padlock.hosts › localhost › ca)" */
  readonly trustLabel: string;
  /** Does the host's entry name its authorities? */
  readonly ownAuthorities: boolean;
}

interface Rule {
  readonly code: FailureCode;
  readonly title: (refused: RefusedChain) => string;
  readonly detail: (refused: RefusedChain) => string;
  readonly fix: (refused: RefusedChain) => string;
}

/** By OpenSSL's verification code (openssl-verification-options(1), "Diagnostics") and Node's own two. */
const rules: Readonly<Record<string, Rule>> = {
  CERT_HAS_EXPIRED: {
    code: "tls.expired",
    title: ({ chain }) => `The server's certificate expired ${ago(worst(chain))}`,
    detail: ({ host, chain }) =>
      `${host} showed the certificate “${worst(chain)?.subjectName}”, which was valid until ${date(worst(chain)?.notAfter)}.`,
    fix: () =>
      "Whoever runs the server must renew its certificate. If the date looks wrong, check this machine's clock.",
  },
  CERT_NOT_YET_VALID: {
    code: "tls.not-yet-valid",
    title: () => "The server's certificate is not valid yet",
    detail: ({ host, chain }) =>
      `${host} showed the certificate “${earliest(chain)?.subjectName}”, which is valid from ${date(earliest(chain)?.notBefore)}.`,
    fix: () => "Check this machine's clock and time zone first; else the server uses its new certificate too early.",
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: "tls.hostname-mismatch",
    title: ({ host }) => `The server's certificate is not for ${host}`,
    detail: ({ host, chain }) =>
      `The request goes to ${host}, but the certificate is for ${names(chain[0])}. Another server may have answered.`,
    fix: ({ host }) =>
      `Write one of the certificate's names in the URL, or give the server a certificate that lists ${host} as a subject alternative name. A Host header does not change what is verified.`,
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    code: "tls.self-signed",
    title: () => "The server's certificate is signed by itself",
    detail: ({ host, chain, trustLabel }) =>
      `${host} showed “${chain[0]?.subjectName}”, which no authority has signed, and it is not among the trusted ones: ${trustLabel}.`,
    fix: (refused) =>
      `If this is your own development server, save its certificate in the workspace and ${trustIt(refused)}. Compare the SHA-256 fingerprint first.`,
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    code: "tls.unknown-authority",
    title: () => "The server's certificate comes from an unknown authority",
    detail: ({ host, chain, trustLabel }) =>
      `${host}'s chain ends in “${chain.at(-1)?.subjectName}”, which is not among the trusted authorities: ${trustLabel}.`,
    fix: (refused) => `If that authority is your own, save its certificate in the workspace and ${trustIt(refused)}.`,
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    code: "tls.unknown-authority",
    title: () => "The server's certificate comes from an unknown authority",
    detail: ({ host, chain, trustLabel }) =>
      `${host}'s chain leads to “${chain.at(-1)?.issuerName}”, which is not among the trusted authorities: ${trustLabel}.`,
    fix: (refused) =>
      `If that authority is your own, save its certificate in the workspace and ${trustIt(refused)}. If it is a public one, the server may not send all of its chain.`,
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    code: "tls.incomplete-chain",
    title: () => "The server does not send its whole certificate chain",
    detail: ({ host, chain, trustLabel }) =>
      `${host} sent only “${chain[0]?.subjectName}”. Its issuer “${chain[0]?.issuerName}” was not sent, and is not among the trusted authorities: ${trustLabel}.`,
    fix: (refused) =>
      `Let the server send the intermediate certificate too. If “${refused.chain[0]?.issuerName}” is your own authority, save its certificate in the workspace and ${trustIt(refused)}.`,
  },
  CERT_REVOKED: {
    code: "tls.revoked",
    title: () => "The server's certificate was revoked",
    detail: ({ host, chain }) => `The authority of “${chain[0]?.subjectName}”, shown by ${host}, has withdrawn it.`,
    fix: () => "Whoever runs the server must replace its certificate. Do not send anything there until then.",
  },
  INVALID_PURPOSE: {
    code: "tls.wrong-purpose",
    title: () => "The server's certificate is not made for servers",
    detail: ({ host, chain }) =>
      `${host} showed “${chain[0]?.subjectName}”, whose key usage does not allow a TLS server, or its certificates in the wrong order.`,
    fix: () =>
      "The server needs a certificate with the extended key usage “serverAuth”, and must send it before its intermediates.",
  },
};

/** Weak signatures and keys have no code of their own in Node ("UNSPECIFIED"): only the text tells. */
const byMessage: readonly (readonly [RegExp, Rule])[] = [
  [
    /signature digest algorithm too weak|md too weak/i,
    {
      code: "tls.weak-signature",
      title: () => "The server's certificate is signed with a broken hash",
      detail: ({ host, chain }) => `${host}'s chain uses ${weakest(chain)}, which can be forged.`,
      fix: () => "Whoever runs the server must get a certificate that is signed with SHA-256 or better.",
    },
  ],
  [
    /certificate key too weak|ca key too small|ee key too small/i,
    {
      code: "tls.weak-key",
      title: () => "The server's key is too short",
      detail: ({ host, chain }) =>
        `${host}'s certificate “${chain[0]?.subjectName}” holds a ${chain[0]?.keyType} key of ${chain[0]?.keyBits ?? "too few"} bits; at least 2048 bits (RSA) are needed.`,
      fix: () => "Whoever runs the server must make a new key, RSA 2048 or EC P-256 at least, and a new certificate.",
    },
  ],
];

/** @returns undefined when the error is not a verdict on a certificate. */
export function verificationFailure(
  error: Error,
  verifyError: string | undefined,
  refused: RefusedChain,
): Failure | undefined {
  const code = verifyError ?? ("code" in error ? String(error.code) : "");
  const rule = rules[code] ?? byMessage.find(([pattern]) => pattern.test(error.message))?.[1];
  if (rule) {
    return new Failure({
      code: rule.code,
      title: rule.title(refused),
      detail: rule.detail(refused),
      fix: rule.fix(refused),
      cause: error,
    });
  }
  if (verifyError === undefined) return undefined;
  return new Failure({
    code: "tls.unknown-authority",
    title: "The server's certificate could not be verified",
    detail: `The check of ${refused.host}'s chain ended with ${code}. Trusted are: ${refused.trustLabel}.`,
    fix: "Look at the refused chain below: the reason is in one of its certificates.",
    cause: error,
  });
}

/** What would trust a certificate for this host. */
function trustIt(refused: RefusedChain): string {
  if (refused.ownAuthorities) return `add the file to "ca" in the entry "${refused.pattern}" of padlock.hosts`;
  return hostSetting(refused, '"ca": ["certs/ca.pem"]');
}

function worst(chain: readonly CertificateReport[]): CertificateReport | undefined {
  return [...chain].sort((a, b) => a.notAfter.localeCompare(b.notAfter))[0];
}

function earliest(chain: readonly CertificateReport[]): CertificateReport | undefined {
  return [...chain].sort((a, b) => b.notBefore.localeCompare(a.notBefore))[0];
}

function ago(certificate: CertificateReport | undefined): string {
  const days = certificate ? Math.max(0, -certificate.daysLeft - 1) : 0;
  if (days === 0) return "today";
  return days === 1 ? "yesterday" : `${days} days ago`;
}

function date(iso: string | undefined): string {
  return iso ? `${iso.slice(0, 16).replace("T", " ")} UTC` : "an unknown date";
}

function names(certificate: CertificateReport | undefined): string {
  const list = certificate?.subjectAltNames.map((name) => name.replace(/^(DNS|IP):/, "")) ?? [];
  if (list.length === 0) return certificate?.subjectName ?? "nobody";
  return list.length > 4 ? `${list.slice(0, 4).join(", ")} and ${list.length - 4} more` : list.join(", ");
}

function weakest(chain: readonly CertificateReport[]): string {
  return (
    chain.find(({ signatureAlgorithm }) => /sha1|md5/i.test(signatureAlgorithm))?.signatureAlgorithm ?? "SHA-1 or MD5"
  );
}
