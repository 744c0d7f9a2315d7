import { ago, certificateTextOf, minute, namesText, quoted } from "./certificate-text.ts";
import { entryName } from "./host-setting.ts";
import { type RefusedChain, trustIt, type VerificationRule } from "./refused-chain.ts";
import type { CertificateReport } from "./report.ts";

const ownFirst =
  "In the server's certificate file, put its own certificate first and each issuer after the certificate that it has signed.";

const notAnAuthority: VerificationRule = {
  code: "tls.wrong-purpose",
  title: () => "A certificate in the server's chain may not issue others",
  detail: ({ at, chain }) =>
    `${at} showed ${certificateTextOf(chain[0])}. Its issuer ${quoted(chain[0]?.issuerName)} is not marked as an authority (basic constraints, key usage).`,
  fix: () => "Whoever runs the server needs a certificate that a real authority has issued.",
};

/** By OpenSSL's verification code (openssl-verification-options(1), "Diagnostics") and Node's own one for names. */
export const rulesByCode: Readonly<Record<string, VerificationRule>> = {
  CERT_HAS_EXPIRED: {
    code: "tls.expired",
    title: ({ chain }) => `${whose(chain, worst(chain))} expired ${ago(worst(chain)?.notAfter ?? "")}`,
    detail: ({ at, chain }) =>
      `${at} showed ${certificateTextOf(worst(chain))}. It was valid until ${minute(worst(chain)?.notAfter ?? "")}.`,
    fix: ({ chain, trustLabel }) =>
      worst(chain)?.source === "trust store"
        ? `The expired certificate is your own copy of the authority: replace it in ${trustLabel}. If the date looks wrong, check this machine's clock.`
        : "Whoever runs the server must renew its certificate. If the date looks wrong, check this machine's clock.",
  },
  CERT_NOT_YET_VALID: {
    code: "tls.not-yet-valid",
    title: ({ chain }) => `${whose(chain, earliest(chain))} is not valid yet`,
    detail: ({ at, chain }) =>
      `${at} showed ${certificateTextOf(earliest(chain))}. It is valid from ${minute(earliest(chain)?.notBefore ?? "")}; the clock here says ${minute(new Date().toISOString())}.`,
    fix: () => "Check this machine's clock and time zone first; else the server uses its new certificate too early.",
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: "tls.hostname-mismatch",
    title: ({ name }) => `The server's certificate is not for ${name}`,
    detail: ({ at, host, name, nameOption, pattern, chain }) =>
      `${name === host ? `The request goes to ${at}` : `The request goes to ${at}, and its certificate must be for ${name} (${nameOption ?? `padlock.hosts › ${pattern} › servername`})`}, but the certificate is for ${namesText(chain[0])}. Another server may have answered with ${certificateTextOf(chain[0])}.`,
    fix: ({ host, name, nameOption, pattern, environments, chain }) =>
      chain[0]?.isAuthority
        ? ownFirst
        : name === host
          ? `Write one of the certificate's names in the URL, or give the server a certificate that lists ${host} as a subject alternative name. A Host header does not change what is verified.`
          : `Correct ${nameOption ?? `"servername" in ${entryName({ pattern, environments })}`}, or take it out: then the certificate must be for ${host}.`,
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    code: "tls.self-signed",
    title: () => "The server's certificate is signed by itself",
    detail: ({ at, chain, trustLabel }) =>
      `${at} showed ${certificateTextOf(chain[0])}. No authority has signed it, and it is not among the trusted ones: ${trustLabel}.`,
    fix: (refused) =>
      `If this is your own development server, save its certificate in the workspace and ${trustIt(refused)}. Compare its SHA-256 fingerprint first: ${refused.chain[0]?.fingerprint256 ?? "not known"}.`,
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    code: "tls.unknown-authority",
    title: () => "The server's certificate comes from an unknown authority",
    detail: ({ at, chain, trustLabel }) =>
      `${at} showed ${certificateTextOf(chain[0])}. Its chain ends in ${quoted(chain.at(-1)?.subjectName)}, which is not among the trusted authorities: ${trustLabel}.`,
    fix: (refused) =>
      `If that authority is your own, save its certificate in the workspace and ${trustIt(refused)}. Compare its SHA-256 fingerprint first: ${refused.chain.at(-1)?.fingerprint256 ?? "not known"}.`,
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    code: "tls.unknown-authority",
    title: () => "The server's certificate comes from an unknown authority",
    detail: ({ at, chain, trustLabel }) =>
      `${at} showed ${certificateTextOf(chain[0])}. Its chain leads to ${quoted(chain.at(-1)?.issuerName)}, which is not among the trusted authorities: ${trustLabel}.`,
    fix: (refused) =>
      `If that authority is your own, save its certificate in the workspace and ${trustIt(refused)}. If it is a public one, the server may not send all of its chain.`,
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    code: "tls.incomplete-chain",
    title: (refused) =>
      sentOthers(refused)
        ? "The certificates that the server sends do not belong together"
        : "The server does not send its whole certificate chain",
    detail: (refused) => {
      const { at, chain, sent, trustLabel } = refused;
      const issuer = quoted(chain[0]?.issuerName);
      return sentOthers(refused)
        ? `${at} sent ${certificateTextOf(chain[0])} first and ${sent} certificates in all. None of them has signed the first, and its issuer ${issuer} is not among the trusted authorities: ${trustLabel}.`
        : `${at} sent only ${certificateTextOf(chain[0])}. The certificate of its issuer ${issuer} was not sent, and is not among the trusted authorities: ${trustLabel}.`;
    },
    fix: (refused) =>
      `Let the server send the intermediate certificate${sentOthers(refused) ? " that has signed its own" : " too"}. If ${quoted(refused.chain[0]?.issuerName)} is your own authority, save its certificate in the workspace and ${trustIt(refused)}.`,
  },
  CERT_SIGNATURE_FAILURE: {
    code: "tls.unknown-authority",
    title: () => "A signature in the server's chain is wrong",
    detail: ({ at, chain, trustLabel }) =>
      `${at} showed ${certificateTextOf(chain[0])}. A certificate of its chain was not signed by the key of the authority that it names, or was changed. Trusted are: ${trustLabel}.`,
    fix: () =>
      "If an authority of your own has a new key, replace its old certificate in the settings. Otherwise somebody may stand between you and the server.",
  },
  INVALID_PURPOSE: {
    code: "tls.wrong-purpose",
    title: ({ chain }) =>
      chain[0]?.isAuthority
        ? "The server shows an authority's certificate as its own"
        : "The server's certificate is not made for servers",
    detail: ({ at, chain }) =>
      chain[0]?.isAuthority
        ? `${at} showed ${certificateTextOf(chain[0])} first. That is an authority's certificate; the server's own must come first, and its issuers after it.`
        : `${at} showed ${certificateTextOf(chain[0])}, whose key usage does not allow a TLS server.`,
    fix: ({ chain }) =>
      chain[0]?.isAuthority ? ownFirst : "The server needs a certificate with the extended key usage “serverAuth”.",
  },
  INVALID_CA: notAnAuthority,
  PATH_LENGTH_EXCEEDED: {
    code: "tls.wrong-purpose",
    title: () => "An authority in the server's chain may not have authorities below it",
    detail: ({ at, chain }) =>
      `${at} showed ${certificateTextOf(chain[0])} with a longer chain than one of its authorities allows (the path length of its basic constraints).`,
    fix: () => "Whoever runs the server needs a certificate that an authority issues which may do so.",
  },
  CERT_CHAIN_TOO_LONG: {
    code: "tls.unknown-authority",
    title: () => "The server's certificate chain is too long",
    detail: ({ at, chain }) =>
      `${at} showed ${certificateTextOf(chain[0])} with a chain that is longer than is checked.`,
    fix: () => "The server must send its own certificate and the few that lead to its root, and no others.",
  },
};

/** What has no code of its own in Node ("UNSPECIFIED"): only the text tells. */
export const rulesByMessage: readonly (readonly [RegExp, VerificationRule])[] = [
  [
    /signature digest algorithm too weak|md too weak/i,
    {
      code: "tls.weak-signature",
      title: () => "The server's certificate is signed with a broken hash",
      detail: ({ at, chain }) =>
        `${at}'s chain holds ${certificateTextOf(weaklySigned(chain))}, which is signed with ${hashOf(weaklySigned(chain))}. Such a signature can be forged.`,
      fix: () => "Whoever runs the server must get a certificate that is signed with SHA-256 or better.",
    },
  ],
  [
    /certificate key too weak|ca key too small|ee key too small/i,
    {
      code: "tls.weak-key",
      title: ({ chain }) => `${possessive(chain, weakKeyed(chain))} key is too short`,
      detail: ({ at, chain }) =>
        `${at} showed ${certificateTextOf(weakKeyed(chain))} with ${keyOf(weakKeyed(chain))}; at least 2048 bits (RSA) are needed.`,
      fix: () => "Whoever runs the server must make a new key, RSA 2048 or EC P-256 at least, and a new certificate.",
    },
  ],
  [/key usage does not include certificate signing/i, notAnAuthority],
  [
    /(?:permitted|excluded) subtree violation/i,
    {
      code: "tls.wrong-purpose",
      title: () => "The server's certificate has a name that its authority may not give",
      detail: ({ at, chain }) =>
        `${at} showed ${certificateTextOf(chain[0])} for ${namesText(chain[0])}. The name constraints of an authority in its chain do not allow that.`,
      fix: () => "Whoever runs the server needs a certificate from an authority that may issue one for this name.",
    },
  ],
];

/** More than its own certificate, none of which continues the chain. */
function sentOthers({ chain, sent }: RefusedChain): boolean {
  return sent !== null && sent > chain.length;
}

function whose(chain: RefusedChain["chain"], certificate: CertificateReport | undefined): string {
  if (certificate === undefined || certificate === chain[0]) return "The server's certificate";
  return `The authority's certificate ${quoted(certificate.subjectName)}`;
}

function possessive(chain: RefusedChain["chain"], certificate: CertificateReport | undefined): string {
  return certificate === undefined || certificate === chain[0] ? "The server's" : "An authority's";
}

function worst(chain: RefusedChain["chain"]): CertificateReport | undefined {
  return [...chain].sort((a, b) => a.notAfter.localeCompare(b.notAfter))[0];
}

function earliest(chain: RefusedChain["chain"]): CertificateReport | undefined {
  return [...chain].sort((a, b) => b.notBefore.localeCompare(a.notBefore))[0];
}

/** A root's own signature does not count. */
function weaklySigned(chain: RefusedChain["chain"]): CertificateReport | undefined {
  return (
    chain.find(({ selfSigned, signatureAlgorithm }) => !selfSigned && weakHash.test(signatureAlgorithm)) ?? chain[0]
  );
}

/** `sha1WithRSAEncryption`, `ecdsa-with-SHA1`, `md5WithRSAEncryption`. */
const weakHash = /sha-?1(?!\d)|md\d/i;

function hashOf(certificate: CertificateReport | undefined): string {
  return certificate && weakHash.test(certificate.signatureAlgorithm)
    ? certificate.signatureAlgorithm
    : "SHA-1, MD5 or another broken hash";
}

function weakKeyed(chain: RefusedChain["chain"]): CertificateReport | undefined {
  return chain.find(({ keyType, keyBits }) => keyType === "RSA" && keyBits !== null && keyBits < 2048) ?? chain[0];
}

function keyOf(certificate: CertificateReport | undefined): string {
  return certificate
    ? `${certificate.keyType === "RSA" ? "an" : "a"} ${certificate.keyType} key of ${certificate.keyBits ?? "too few"} bits`
    : "a short key";
}
