import { wholeText } from "../common/whole-text.ts";
import { certificateTextOf, day, minute, quoted } from "./certificate-text.ts";
import { entryName } from "./host-setting.ts";
import { hostMember, type RefusedChain, type VerificationRule } from "./refused-chain.ts";
import type { CertificateReport } from "./report.ts";
import type { Revocation, RevocationList } from "./revocation.ts";

/** What certificate revocation lists say, or fail to say, by OpenSSL's verification code. */
export const crlRules: Readonly<Record<string, VerificationRule>> = {
  CERT_REVOKED: {
    code: "tls.revoked",
    title: (refused) => {
      const found = findRevoked(refused);
      if (!found) return "The server's certificate was revoked";
      const whose = found.certificate === refused.chain[0] ? "The server's certificate" : "An authority of the server";
      return `${whose} was revoked on ${day(found.revocation.date)}`;
    },
    detail: (refused) => {
      const found = findRevoked(refused);
      if (!found) return `${refused.at} showed ${certificateTextOf(refused.chain[0])}. Its authority has withdrawn it.`;
      const { certificate, list, revocation } = found;
      const reason = revocation.reason === null ? "" : `, reason: ${revocation.reason}`;
      return `${refused.at} showed ${certificateTextOf(certificate)}. ${quoted(list.issuerName)} withdrew it on ${minute(revocation.date)}${reason}, as ${list.file} of ${day(list.thisUpdate)} says.`;
    },
    fix: () => "Whoever runs the server must replace its certificate. Do not send anything there until then.",
  },
  UNABLE_TO_GET_CRL: {
    code: "tls.crl-missing",
    title: (refused) => `There is no revocation list of ${quoted(withoutList(refused)?.issuerName)}`,
    detail: (refused) =>
      `${hostMember(refused, "crl")} demands that every certificate of the chain is looked up. ${refused.at} showed ${certificateTextOf(withoutList(refused))}, and of its issuer there is no list. There are lists of ${listed(refused)}.`,
    fix: (refused) => {
      const published = withoutList(refused)?.crlUrls[0];
      const from = published === undefined ? "" : ` (the certificate says that it is at ${wholeText(published, 200)})`;
      return `Get the list of ${quoted(withoutList(refused)?.issuerName)}${from}, and add its file to "crl" in ${entryName(refused)}. Every authority of the chain needs one, the root too.`;
    },
  },
  CRL_HAS_EXPIRED: {
    code: "tls.crl-expired",
    title: (refused) => `The revocation list of ${quoted(outdated(refused)?.issuerName)} is out of date`,
    detail: (refused) =>
      `${listText(outdated(refused))} A newer one may name the server's certificate. ${shown(refused)}`,
    fix: (refused) => renew(outdated(refused)),
  },
  CRL_NOT_YET_VALID: {
    code: "tls.crl-expired",
    title: (refused) => `The revocation list of ${quoted(early(refused)?.issuerName)} is not valid yet`,
    detail: (refused) =>
      `${listText(early(refused))} The clock here says ${minute(new Date().toISOString())}. ${shown(refused)}`,
    fix: () => "Check this machine's clock and time zone.",
  },
  CRL_SIGNATURE_FAILURE: {
    code: "tls.crl-missing",
    title: () => "A revocation list is not signed by the authority that it names",
    detail: (refused) =>
      `${hostMember(refused, "crl")} holds lists of ${listed(refused)}. One of them does not come from the authority in ${refused.at}'s chain, or was changed. ${shown(refused)}`,
    fix: () => "Get the lists again from the authorities themselves.",
  },
};

interface Revoked {
  readonly certificate: CertificateReport;
  readonly list: RevocationList;
  readonly revocation: Revocation;
}

function findRevoked({ chain, revocationLists }: RefusedChain): Revoked | undefined {
  for (const certificate of chain) {
    for (const list of revocationLists.filter(({ issuer }) => issuer === certificate.issuer)) {
      const revocation = list.find(certificate);
      if (revocation) return { certificate, list, revocation };
    }
  }
  return undefined;
}

function withoutList({ chain, revocationLists }: RefusedChain): CertificateReport | undefined {
  return chain.find(({ issuer }) => !revocationLists.some((list) => list.issuer === issuer));
}

function outdated(refused: RefusedChain): RevocationList | undefined {
  const now = new Date().toISOString();
  return ofChain(refused).find(({ nextUpdate }) => nextUpdate !== null && nextUpdate < now);
}

function early(refused: RefusedChain): RevocationList | undefined {
  const now = new Date().toISOString();
  return ofChain(refused).find(({ thisUpdate }) => thisUpdate > now);
}

function ofChain({ chain, revocationLists }: RefusedChain): readonly RevocationList[] {
  return revocationLists.filter(({ issuer }) => chain.some((certificate) => certificate.issuer === issuer));
}

function listText(list: RevocationList | undefined): string {
  if (!list) return "One of the lists is not valid now.";
  const until =
    list.nextUpdate === null
      ? ""
      : `, and ${quoted(list.issuerName)} promised a newer one for ${minute(list.nextUpdate)}`;
  return `${list.file} is of ${minute(list.thisUpdate)}${until}.`;
}

function renew(list: RevocationList | undefined): string {
  return `Get the present list of ${quoted(list?.issuerName)} and put it in place of ${list?.file ?? "the old one"}; it is read again for the next request.`;
}

function shown({ at, chain }: RefusedChain): string {
  return `${at} showed ${certificateTextOf(chain[0])}.`;
}

function listed({ revocationLists }: RefusedChain): string {
  return revocationLists.map(({ issuerName, file }) => `${quoted(issuerName)} (${file})`).join(", ");
}
