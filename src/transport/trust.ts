import { delimiter, join, resolve } from "node:path";
import type { FileReference, TlsProfile } from "../settings/tls-profile.ts";
import {
  bundledAuthorities,
  distinct,
  extraAuthorities,
  splitPem,
  systemAuthorities,
  type TrustSource,
} from "./authorities.ts";
import type { FileLedger } from "./file-ledger.ts";
import { identityFailure, notReadable } from "./identity-failures.ts";
import { derToPem, isCertificate, isDer, isWholePem, textOf } from "./identity-files.ts";

/** OpenSSL's variables, of the person's own environment: what they name takes the place of the system's authorities. */
export interface TrustEnvironment {
  readonly SSL_CERT_FILE?: string | undefined;
  readonly SSL_CERT_DIR?: string | undefined;
}

/** Names the trusted authorities for people: "certs/ca.pem (padlock.hosts › localhost › ca)". */
export function describeTrust(profile: TlsProfile, environment: TrustEnvironment): string {
  const own = ofEnvironment(environment).map(({ setting, written }) => `${written} (${setting})`);
  const system = own.length === 0 ? undefined : own.join(", ");
  if (!profile.ca) {
    const stores = ["the authorities bundled with the runtime", system ?? "those of the operating system"];
    if (extraAuthorities().pems.length === 0) return stores.join(" and ");
    return `${stores.join(", ")} and those of NODE_EXTRA_CA_CERTS`;
  }
  return profile.ca
    .map((entry) => {
      if (typeof entry !== "string") return `${entry.written} (${entry.setting.replace(/ › \d+$/, "")})`;
      return entry === "system" && system !== undefined ? system : `the ${entry} authorities`;
    })
    .join(", ");
}

/**
 * The authorities that a profile trusts, each once, by where they come from.
 * @throws {Failure} `identity.file-missing`, `identity.not-pem`, `policy.path-outside-workspace`
 */
export async function loadTrust(
  profile: TlsProfile,
  ledger: FileLedger,
  environment: TrustEnvironment,
): Promise<readonly TrustSource[]> {
  const system = async () => {
    const own = ofEnvironment(environment);
    if (own.length === 0) return [systemAuthorities()];
    const sources = await Promise.all(own.map((entry) => load(entry, ledger)));
    return sources.map(({ pems }, index) => ({ label: `${own[index]?.written} (${own[index]?.setting})`, pems }));
  };
  if (!profile.ca) return distinct([bundledAuthorities(), ...(await system()), extraAuthorities()]);
  const sources = profile.ca.map((entry) => {
    if (entry === "system") return system();
    return entry === "bundled" ? [bundledAuthorities()] : load(entry, ledger);
  });
  return distinct((await Promise.all(sources)).flat());
}

/** Which of OpenSSL's variables count, as the files and folders that they name; none: the system's own authorities. */
function ofEnvironment({ SSL_CERT_FILE: file, SSL_CERT_DIR: folders }: TrustEnvironment): readonly FileReference[] {
  const reference = (setting: string, written: string): FileReference => ({
    value: written,
    written,
    setting,
    path: resolve(written),
    location: undefined,
  });
  return [
    ...(file ? [reference("SSL_CERT_FILE", file)] : []),
    ...(folders ?? "")
      .split(delimiter)
      .filter(Boolean)
      .map((folder) => reference("SSL_CERT_DIR", folder)),
  ];
}

const what = "certificate authority file";

/** A file, or a folder of files. */
async function load(entry: FileReference, ledger: FileLedger): Promise<TrustSource> {
  const names = await ledger.list(entry, what);
  if (!names) {
    const bytes = await ledger.read(entry, what);
    const pems = certificatesOf(bytes, entry);
    if (pems.length === 0) throw notReadable(entry, bytes, "authority");
    return { label: entry.written, pems };
  }
  const files = names.filter((name) => certificateFile.test(name)).map((name) => inside(entry, name));
  const contents = await ledger.readMembers(files, what);
  // Several names may lead to one file: the one of its hash, and its own.
  const read = new Map<string, readonly string[]>();
  for (const [index, bytes] of contents.entries()) {
    const text = bytes.toString("latin1");
    if (!read.has(text)) read.set(text, certificatesOf(bytes, files[index] ?? entry));
  }
  const pems = [...new Set([...read.values()].flat())];
  if (pems.length === 0) throw emptyFolder(entry);
  return { label: entry.written, pems };
}

/** The second is how `openssl rehash` names a certificate; a revocation list has an `r` before its number. */
const certificateFile = /\.(?:pem|crt|cer)$|^[0-9a-f]{8}\.\d+$/i;

function inside(folder: FileReference, name: string): FileReference {
  const written = `${folder.written.replace(/[/\\]+$/, "")}/${name}`;
  return { ...folder, path: join(folder.path, name), value: join(folder.value, name), written };
}

/** Of more certificates only the form is looked at: to parse all of a system's takes longer than a request. */
const mostParsed = 20;

/** Empty for a PEM file without any certificate, such as a key that lies among them. */
function certificatesOf(bytes: Buffer, file: FileReference): readonly string[] {
  const pems = isDer(bytes) ? [derToPem(bytes)] : splitPem(textOf(bytes));
  const isCutOff = pems.length === 0 && /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(textOf(bytes));
  const isReadable = pems.length > mostParsed ? pems.every(isWholePem) : pems.every(isCertificate);
  if (isCutOff || !isReadable) throw notReadable(file, bytes, "authority");
  return pems;
}

function emptyFolder(folder: FileReference) {
  return identityFailure(folder, {
    code: "identity.not-pem",
    title: `The folder ${folder.written} holds no certificate`,
    detail: `${folder.setting} names the folder ${folder.written} for its certificate authorities, and no file in it that ends in .pem, .crt or .cer (or has a hash for its name, as 4f2c1a3b.0) holds a certificate. Nothing was sent.`,
    fix: `Put the authority's certificate there, or name another folder or file in ${folder.setting}. Folders inside it are not searched.`,
  });
}
