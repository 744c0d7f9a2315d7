import type { FileReference } from "../settings/tls-profile.ts";
import type { FileLedger } from "./file-ledger.ts";
import { identityFailure } from "./identity-failures.ts";
import { isDer } from "./identity-files.ts";
import type { CertificateReport } from "./report.ts";
import { readRevocationList, reasonWords } from "./x509/revocation-list.ts";

/** One certificate revocation list (RFC 5280 §5), of one authority. */
export interface RevocationList {
  /** `certs/ca.crl`, as the settings write it. */
  readonly file: string;
  readonly pem: string;
  /** As in `CertificateReport.issuer`. */
  readonly issuer: string;
  readonly issuerName: string;
  /** ISO 8601 UTC. */
  readonly thisUpdate: string;
  /** When the authority promises a newer one; null where it does not say. */
  readonly nextUpdate: string | null;
  /** The entry about a certificate; undefined where it is not withdrawn. */
  find(certificate: CertificateReport): Revocation | undefined;
}

export interface Revocation {
  /** ISO 8601 UTC. */
  readonly date: string;
  /** "key compromise"; null where the authority gives none. */
  readonly reason: string | null;
}

/**
 * The lists of the files that the settings name. A PEM file may hold several; Node before 26 would read only the first.
 * @throws {Failure} `identity.file-missing`, `identity.not-pem`
 */
export async function loadRevocationLists(
  files: readonly FileReference[],
  ledger: FileLedger,
): Promise<RevocationList[]> {
  const lists = await Promise.all(files.map((file) => load(file, ledger)));
  return lists.flat();
}

async function load(file: FileReference, ledger: FileLedger): Promise<RevocationList[]> {
  const bytes = await ledger.read(file, "certificate revocation list");
  try {
    const lists = (isDer(bytes) ? [bytes] : bodies(bytes.toString("latin1"))).map((der) => read(der, file.written));
    if (lists.length > 0) return lists;
    throw new Error("no list in the file");
  } catch (cause) {
    throw identityFailure(file, {
      code: "identity.not-pem",
      title: `${file.written} holds no certificate revocation list that can be read`,
      detail: `${file.setting} names ${file.written}, but it does not hold a readable list, PEM (a block from "-----BEGIN X509 CRL-----" to "-----END X509 CRL-----") or DER. The request was not sent without it.`,
      fix: `Name the list that the authority publishes in ${file.setting}; fetch it again if it was cut off.`,
      cause,
    });
  }
}

/** RFC 7468 §6. */
function bodies(text: string): Buffer[] {
  const blocks = text.matchAll(/-----BEGIN X509 CRL-----([^-]+)-----END X509 CRL-----/g);
  return [...blocks].map(([, base64 = ""]) => Buffer.from(base64, "base64"));
}

function read(der: Buffer, file: string): RevocationList {
  const { issuer, thisUpdate, nextUpdate, entries } = readRevocationList(der);
  return {
    file,
    pem: toPem(der),
    issuer: issuer.full,
    issuerName: issuer.commonName ?? issuer.full,
    thisUpdate: thisUpdate.toISOString(),
    nextUpdate: nextUpdate?.toISOString() ?? null,
    find: ({ serialNumber }) => {
      const entry = entries.get(serialNumber);
      return entry && { date: entry.date.toISOString(), reason: entry.reason && reasonWords(entry.reason) };
    },
  };
}

/** RFC 7468 §6. */
function toPem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN X509 CRL-----\n${lines.join("\n")}\n-----END X509 CRL-----\n`;
}
