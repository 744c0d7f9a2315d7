import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import tls from "node:tls";
import { Failure, type FailureInit } from "../common/failure.ts";
import type { ExpandedString, FileReference, TlsProfile } from "../settings/tls-profile.ts";
import { bundledAuthorities, extraAuthorities, splitPem, systemAuthorities, type TrustSource } from "./authorities.ts";
import { describeCertificate } from "./certificate.ts";
import type { CertificateReport } from "./report.ts";

/** All that one host's connections need, read from disk and checked: nothing of it can fail later, or fail silently. */
export interface Identity {
  readonly context: tls.SecureContext;
  /** The same authorities as in `context`; see `connector.ts` for why they are given twice. */
  readonly ca: readonly string[];
  readonly trust: readonly TrustSource[];
  /** Names the trust for people: "certs/ca.pem (padlock.hosts › localhost › ca)". */
  readonly trustLabel: string;
  readonly clientCertificate: CertificateReport | null;
  readonly minVersion: "TLSv1.2" | "TLSv1.3";
  /** Equal only for equal material: connections are shared under it, and changed files open new ones. */
  readonly fingerprint: string;
}

/**
 * Reads and checks a profile's files before any connection. Node itself is silent about half of the mistakes caught
 * here (a certificate without its key, an empty authorities file) and would send the request without the certificate.
 * @throws {Failure} of family `identity`
 */
export async function loadIdentity(profile: TlsProfile): Promise<Identity> {
  const trust = await loadTrust(profile);
  const client = await loadClient(profile);
  const ca = trust.flatMap(({ pems }) => pems);
  const minVersion = profile.minVersion ?? (client ? "TLSv1.3" : "TLSv1.2");
  const context = createContext({ ...client?.options, ca, minVersion }, profile);
  const clientCertificate = client ? (client.certificate ?? ownCertificate(context)) : null;
  return {
    context,
    ca,
    trust,
    trustLabel: describeTrust(profile),
    clientCertificate,
    minVersion,
    fingerprint: fingerprintOf([...ca, ...(client?.material ?? []), minVersion]),
  };
}

const defaultTrustLabel = "the authorities bundled with the runtime and those of the operating system";

function describeTrust(profile: TlsProfile): string {
  if (!profile.ca) return defaultTrustLabel;
  return profile.ca
    .map((entry) =>
      typeof entry === "string"
        ? `the ${entry} authorities`
        : `${entry.written} (${entry.setting.replace(/ › \d+$/, "")})`,
    )
    .join(", ");
}

async function loadTrust(profile: TlsProfile): Promise<TrustSource[]> {
  if (!profile.ca) return [bundledAuthorities(), systemAuthorities(), extraAuthorities()];
  return Promise.all(
    profile.ca.map(async (entry) => {
      if (entry === "system") return systemAuthorities();
      if (entry === "bundled") return bundledAuthorities();
      return { label: entry.written, pems: await loadAuthorities(entry) };
    }),
  );
}

async function loadAuthorities(file: FileReference): Promise<string[]> {
  const bytes = await read(file, "certificate authority file");
  const pems = isDer(bytes) ? [derToPem(bytes)] : splitPem(bytes.toString("latin1"));
  if (pems.length === 0 || !pems.every(isCertificate)) {
    throw failure(file, {
      code: "identity.not-pem",
      title: `${file.written} holds no certificate that can be read`,
      detail: `${file.written} is named as a certificate authority, but it does not hold a readable PEM certificate (a block from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----").`,
      fix: `Name a PEM file with the authority's certificate in ${file.setting}. A file that begins with "PRIVATE KEY" is a key, not a certificate.`,
    });
  }
  return pems;
}

interface ClientMaterial {
  readonly options: tls.SecureContextOptions;
  /** Null for a PFX, whose certificate is read back from the context. */
  readonly certificate: CertificateReport | null;
  readonly material: readonly (string | Buffer)[];
}

async function loadClient(profile: TlsProfile): Promise<ClientMaterial | undefined> {
  const { cert, key, pfx, passphrase } = profile;
  if (pfx) {
    const bytes = await read(pfx, "PFX file");
    const options = { pfx: bytes, ...(passphrase ? { passphrase: passphrase.value } : {}) };
    return { options, certificate: null, material: [bytes, passphrase?.value ?? ""] };
  }
  if (!cert && !key) return undefined;
  if (!cert) return missingHalf(key as FileReference, "certificate", "cert");
  const certBytes = await read(cert, "client certificate");
  const certPem = isDer(certBytes) ? derToPem(certBytes) : certBytes.toString("latin1");
  const [leafPem] = splitPem(certPem);
  if (!leafPem || !isCertificate(leafPem)) {
    throw failure(cert, {
      code: "identity.not-pem",
      title: `${cert.written} holds no certificate that can be read`,
      detail: `${cert.written} is named as the client certificate, but it does not hold a readable PEM or DER certificate.`,
      fix: `Name a PEM file that begins with "-----BEGIN CERTIFICATE-----" in ${cert.setting}.`,
    });
  }
  // Key and certificate in one file is common; then `key` need not be named.
  const keyFile = key ?? (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(certPem) ? cert : undefined);
  if (!keyFile) return missingHalf(cert, "private key", "key");
  const keyBytes = key ? await read(key, "private key") : certBytes;
  const keyPem = loadKey(keyBytes, keyFile, passphrase);
  const leaf = new X509Certificate(leafPem);
  if (!leaf.checkPrivateKey(createPrivateKey(keyPem))) {
    throw failure(keyFile, {
      code: "identity.key-mismatch",
      title: "The private key does not belong to the client certificate",
      detail: `The public key in ${cert.written} (${oneLine(leaf.subject)}) is not the one of ${keyFile.written}.`,
      fix: `Name the key that was made with this certificate in ${keyFile.setting}, or the certificate that belongs to the key in ${cert.setting}. If the file holds a chain, the client certificate must come first.`,
    });
  }
  return {
    options: { cert: certPem, key: keyPem },
    certificate: describeCertificate(leaf.raw),
    material: [certPem, keyPem],
  };
}

function missingHalf(given: FileReference, missing: string, setting: "cert" | "key"): never {
  const path = given.setting.replace(/[^›]*$/, ` ${setting}`);
  throw failure(given, {
    code: "identity.key-missing",
    title: `A client certificate needs its ${missing}`,
    detail: `${given.setting} names ${given.written}, but ${path} is not set, and ${given.written} does not hold the ${missing} itself. A request without the client certificate must not be sent.`,
    fix: `Set ${path} to the file that holds the ${missing}.`,
  });
}

/** @returns the key as unencrypted PKCS#8 PEM, in memory only. */
function loadKey(bytes: Buffer, file: FileReference, passphrase: ExpandedString | undefined): string {
  const der = isDer(bytes);
  const text = bytes.toString("latin1");
  const encrypted = /ENCRYPTED/.test(text);
  if (encrypted && passphrase === undefined) throw passphraseMissing(file);
  try {
    const key = createPrivateKey(
      der
        ? { key: bytes, format: "der", type: "pkcs8", ...(passphrase ? { passphrase: passphrase.value } : {}) }
        : { key: text, ...(passphrase ? { passphrase: passphrase.value } : {}) },
    );
    return key.export({ type: "pkcs8", format: "pem" }).toString();
  } catch (cause) {
    throw keyFailure(cause, file, passphrase, encrypted);
  }
}

function keyFailure(
  cause: unknown,
  file: FileReference,
  passphrase: ExpandedString | undefined,
  encrypted: boolean,
): Failure {
  const code = errorCode(cause);
  if (code === "ERR_MISSING_PASSPHRASE") return passphraseMissing(file, cause);
  if (code === "ERR_OSSL_EVP_UNSUPPORTED") {
    return failure(file, {
      code: "identity.key-unsupported",
      title: `${file.written} is encrypted in a way that is no longer supported`,
      detail: `${file.written} uses an old cipher (such as DES or RC2) that OpenSSL 3 refuses.`,
      fix: `Re-encrypt it: openssl pkcs8 -topk8 -v2 aes-256-cbc -provider legacy -provider default -in ${file.written} -out new.key`,
      cause,
    });
  }
  if (encrypted && passphrase) return passphraseWrong(file, passphrase, cause);
  return failure(file, {
    code: "identity.not-pem",
    title: `${file.written} holds no private key that can be read`,
    detail: `${file.written} is named as the private key, but it is neither a PEM nor a PKCS#8 DER key. A file that begins with "BEGIN CERTIFICATE" is a certificate; "BEGIN OPENSSH PRIVATE KEY" is an SSH key.`,
    fix: `Name a PEM file that begins with "-----BEGIN PRIVATE KEY-----" (or ENCRYPTED, RSA, EC PRIVATE KEY) in ${file.setting}.`,
    cause,
  });
}

function passphraseMissing(file: FileReference, cause?: unknown): Failure {
  const setting = file.setting.replace(/[^›]*$/, " passphrase");
  return failure(file, {
    code: "identity.passphrase-missing",
    title: `${file.written} is encrypted and no passphrase is set`,
    detail: `The private key in ${file.written} can only be read with its passphrase, and ${setting} is not set.`,
    fix: `Set ${setting} to "\${env:NAME}" and put the passphrase into the environment variable NAME. Never write a passphrase into the settings file.`,
    cause,
  });
}

function passphraseWrong(file: FileReference, passphrase: ExpandedString, cause: unknown): Failure {
  return failure(file, {
    code: "identity.passphrase-wrong",
    title: `The passphrase for ${file.written} is wrong`,
    detail: `${file.written} was found and is encrypted, but the passphrase from ${passphrase.setting} (${passphrase.written}) does not open it.`,
    fix: `Check the value behind ${passphrase.written}: a stray space or line end, another key's passphrase, or an old one after the key was renewed.`,
    location: passphrase.location,
    setting: passphrase.setting,
    cause,
  });
}

function createContext(options: tls.SecureContextOptions, profile: TlsProfile): tls.SecureContext {
  try {
    return tls.createSecureContext({
      ...options,
      // Node 22's own default accepts RSA-1024 and DH-1024; level 2 makes every runtime refuse them alike.
      ciphers: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=2`,
    });
  } catch (cause) {
    throw contextFailure(cause, profile);
  }
}

const legacyPfxCommand =
  "openssl pkcs12 -legacy -in old.p12 -nodes -out tmp.pem && openssl pkcs12 -export -in tmp.pem -out new.p12";

function contextFailure(cause: unknown, profile: TlsProfile): Failure {
  const message = cause instanceof Error ? cause.message : String(cause);
  const file = profile.pfx ?? profile.cert ?? profile.key;
  if (!file) throw cause;
  if (profile.pfx && /mac verify failure/i.test(message)) {
    return profile.passphrase ? passphraseWrong(file, profile.passphrase, cause) : passphraseMissing(file, cause);
  }
  if (profile.pfx && /unsupported/i.test(message)) {
    return failure(file, {
      code: "identity.pfx-legacy",
      title: `${file.written} uses RC2-40, which OpenSSL 3 refuses`,
      detail: `${file.written} was exported with an old cipher, as older Windows, macOS and OpenSSL do.`,
      fix: `Re-export it, then delete tmp.pem: ${legacyPfxCommand}`,
      cause,
    });
  }
  return failure(file, {
    code: "identity.not-pem",
    title: `${file.written} cannot be used as a client certificate`,
    detail: `${file.written} was read, but no usable certificate with its private key is in it.`,
    fix: `Check that ${file.setting} names the right file and that it is complete.`,
    cause,
  });
}

/** The certificate that a context would present. `context.context` is Node's native object; absent methods mean null. */
function ownCertificate(context: tls.SecureContext): CertificateReport | null {
  const native = context.context as { getCertificate?: () => Buffer | null } | undefined;
  const der = native?.getCertificate?.();
  return der ? describeCertificate(der) : null;
}

async function read(file: FileReference, what: string): Promise<Buffer> {
  try {
    return await readFile(file.path);
  } catch (cause) {
    const missing = errorCode(cause) === "ENOENT";
    throw failure(file, {
      code: "identity.file-missing",
      title: missing ? `The ${what} ${file.written} does not exist` : `The ${what} ${file.written} cannot be read`,
      detail: `${file.setting} names ${file.written}; ${missing ? "there is no file" : `reading failed (${errorCode(cause)})`} at ${file.path}. The request was not sent without it.`,
      fix: `Put the file there, or change ${file.setting}. Relative paths start at the workspace folder.`,
      cause,
    });
  }
}

function failure(file: FileReference, init: FailureInit): Failure {
  return new Failure({ setting: file.setting, location: file.location, ...init });
}

/** DER certificates and keys begin with the tag of an ASN.1 SEQUENCE. */
function isDer(bytes: Buffer): boolean {
  return bytes[0] === 0x30;
}

function derToPem(der: Buffer): string {
  try {
    return new X509Certificate(der).toString();
  } catch {
    return "";
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

function oneLine(name: string): string {
  return name.split("\n").reverse().join(", ");
}

function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}

function fingerprintOf(material: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of material) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex");
}
