import type { FileNames } from "./file-names.ts";
import type { CertificateFolder, NewFile } from "./folder.ts";
import { type CertificateKind, lifetimes, type OfferedKeyType } from "./lifetimes.ts";
import type { Made, MadeFile } from "./orders.ts";
import { encryptedKeyPem, encryptKey } from "./pbes2.ts";
import { makePfx } from "./pfx.ts";
import type { Identity } from "./pki.ts";
import type { Hosts } from "./settings-edit.ts";
import { alternativeNames } from "./used-hosts.ts";

export const organization = "Padlock development";

/** Of the key derivations: a moment for a person, a long time for whoever guesses passphrases. */
const iterations = 100_000;
const day = 86_400_000;

/** The end of a certificate of this kind that is made now. */
export function endOf(kind: CertificateKind, days: number = lifetimes[kind].usual): Date {
  return new Date(Date.now() + days * day);
}

/** The certificate and its key, which a passphrase may protect. */
export function pemFiles(files: FileNames, identity: Identity, passphrase?: string): NewFile[] {
  const encrypt = (phrase: string) => {
    const pkcs8 = identity.privateKey.export({ type: "pkcs8", format: "der" });
    return encryptedKeyPem(encryptKey(pkcs8, phrase, iterations));
  };
  const key = passphrase === undefined ? identity.privateKeyPem : encrypt(passphrase);
  return [
    { name: files.certificate, content: identity.chainPem, isPrivate: false },
    { name: files.key, content: key, isPrivate: true },
  ];
}

export function pfxFile(files: FileNames, identity: Identity, passphrase: string): NewFile {
  return { name: files.pfx, content: makePfx(identity, { passphrase, iterations }), isPrivate: true };
}

interface MadeWith {
  readonly identity: Identity;
  readonly hosts: Hosts;
  readonly warnings: readonly string[];
  readonly keyType: OfferedKeyType | undefined;
  readonly isEncrypted?: boolean;
}

/** What to tell a person or a script about it. `written`: names in the folder. */
export async function describe(
  kind: CertificateKind,
  folder: CertificateFolder,
  written: readonly string[],
  { identity, hosts, warnings, keyType, isEncrypted = false }: MadeWith,
): Promise<Made> {
  const { certificate } = identity;
  const key = written.find((name) => /-key\.pem$|\.p12$/.test(name));
  const git = key === undefined ? undefined : await folder.gitWarning(key);
  const curve = keyType === "ed25519" ? [ed25519Warning] : [];
  return {
    kind,
    files: written.map((name) => ({ path: folder.shown(name), what: contentOf(name, isEncrypted) })),
    certificate: {
      // Node writes a line for each part, the most general one first.
      subject: certificate.subject.split("\n").reverse().join(", "),
      names: alternativeNames(certificate),
      notBefore: isoTime(certificate.validFrom),
      notAfter: isoTime(certificate.validTo),
      fingerprint256: certificate.fingerprint256,
    },
    hosts,
    warnings: [...warnings, ...curve, ...(git === undefined ? [] : [git])],
  };
}

const ed25519Warning =
  "Browsers and VS Code on the desktop do not know Ed25519 in TLS; OpenSSL, Node.js and the command line do.";

function contentOf(name: string, isEncrypted: boolean): MadeFile["what"] {
  if (name.endsWith("-key.pem")) return isEncrypted ? "encrypted private key" : "private key";
  if (name.endsWith(".p12")) return "certificate and private key";
  return name === ".gitignore" ? "rules for Git" : "certificate";
}

function isoTime(text: string): string {
  return new Date(text).toISOString();
}
