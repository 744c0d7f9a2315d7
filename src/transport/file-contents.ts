import { isCertificate, isDer, isPkcs12, readCertificate, textOf } from "./identity-files.ts";

/** What a file that was named by mistake holds, and what to do about it. */
export interface Mistake {
  /** The rest of a sentence whose subject is the file: "is empty". */
  readonly holds: string;
  /** A full sentence. */
  readonly fix: string;
}

export type Wanted = "certificate" | "key" | "pfx" | "authority";

interface Row {
  readonly fits: (text: string, bytes: Buffer) => boolean;
  /** Where this alone is wanted. */
  readonly only?: Wanted;
  /** A file that holds this is what is wanted; another row tells what is wrong with it. */
  readonly wanted?: readonly Wanted[];
  readonly holds: string;
  readonly fix: (setting: string) => string;
}

const asCertificate = 'The certificate begins with "-----BEGIN CERTIFICATE-----".';
const asKey = 'A key begins with "-----BEGIN PRIVATE KEY-----", or with ENCRYPTED, RSA or EC PRIVATE KEY.';

/** The first that fits is said. */
const rows: readonly Row[] = [
  {
    fits: (text) => text.trim() === "",
    holds: "is empty",
    fix: (setting) => `Put the file there again, or name another one in ${setting}.`,
  },
  {
    fits: (text) => /-----BEGIN OPENSSH PRIVATE KEY-----/.test(text),
    holds: "holds a key of SSH, in OpenSSH's own format",
    fix: (setting) =>
      `Name the key that the certificate was made with in ${setting}. If it is this one, write it as PEM: ssh-keygen -p -m PEM -f FILE`,
  },
  {
    fits: (text) => /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----/.test(text) && !hasCertificate(text),
    holds: "holds a certificate request, not the certificate that was issued for it",
    fix: (setting) => `Name the certificate that the authority gave in return in ${setting}.`,
  },
  {
    fits: (text) => /-----BEGIN PKCS7-----/.test(text),
    holds: "holds a PKCS#7 bundle",
    fix: () => "Write its certificates as PEM: openssl pkcs7 -print_certs -in FILE -out client.pem",
  },
  {
    fits: (text) =>
      [...text.matchAll(/-----BEGIN ([^-\n]+)-----/g)].some(([, label]) => !text.includes(`-----END ${label}-----`)),
    holds: 'is cut off: a "-----BEGIN …-----" has no "-----END …-----"',
    fix: () => "Copy the whole file again.",
  },
  {
    only: "pfx",
    fits: (text) => /-----BEGIN (?:[A-Z0-9]+ )*(?:CERTIFICATE|PRIVATE KEY)-----/.test(text),
    holds: "is a PEM file",
    fix: () => 'Name it as "cert", and the file with its key as "key", in place of "pfx".',
  },
  {
    fits: (_text, bytes) => isPkcs12(bytes),
    wanted: ["pfx"],
    holds: "is a PKCS#12 file",
    fix: () => 'Name it as "pfx", without "cert" and "key".',
  },
  {
    fits: (text) => /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(text) && !hasCertificate(text),
    wanted: ["key"],
    holds: "holds a private key and no certificate",
    fix: (setting) => `Name the certificate in ${setting}. ${asCertificate}`,
  },
  {
    fits: (text, bytes) => hasCertificate(text) || (isDer(bytes) && readCertificate(bytes) !== undefined),
    wanted: ["certificate", "authority"],
    holds: "holds a certificate and no private key",
    fix: (setting) => `Name the file with the key in ${setting}. ${asKey}`,
  },
  {
    fits: (text) => /-----BEGIN (?:RSA |EC )?PUBLIC KEY-----/.test(text),
    holds: "holds a public key",
    fix: (setting) => `Name another file in ${setting}. ${asKey} ${asCertificate}`,
  },
];

const others: Readonly<Record<Wanted, string>> = {
  certificate: asCertificate,
  authority: asCertificate,
  key: asKey,
  pfx: "A PKCS#12 file is binary; it often ends in .p12 or .pfx.",
};

/** Why a file is not what is wanted of it; `setting` names it. */
export function mistakeIn(bytes: Buffer, wanted: Wanted, setting: string): Mistake {
  const text = textOf(bytes);
  const row = rows.find(
    ({ only = wanted, wanted: not, fits }) => only === wanted && !not?.includes(wanted) && fits(text, bytes),
  );
  if (row) return { holds: row.holds, fix: row.fix(setting) };
  return {
    holds: text.includes("-----BEGIN ") || isDer(bytes) ? "is damaged" : "is neither PEM nor DER",
    fix: `Copy the file again, or name the right one in ${setting}. ${others[wanted]}`,
  };
}

function hasCertificate(text: string): boolean {
  const [block] = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END[^-]+-----/.exec(text) ?? [];
  return block !== undefined && isCertificate(block);
}
