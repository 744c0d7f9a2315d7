import { createHash } from "node:crypto";
import tls from "node:tls";
import type { Failure } from "../common/failure.ts";
import type { TlsProfile } from "../settings/tls-profile.ts";
import type { TrustSource } from "./authorities.ts";
import { describeCertificate } from "./certificate.ts";
import { loadClient } from "./client-certificate.ts";
import { identityFailure, passphraseMissing, passphraseWrong } from "./identity-failures.ts";
import type { CertificateReport } from "./report.ts";
import { chooseCiphers } from "./runtime.ts";
import { describeTrust, loadTrust } from "./trust.ts";

/** All that one host's connections need, read from disk and checked: nothing of it can fail later, or fail silently. */
export interface Identity {
  readonly context: tls.SecureContext;
  /** The same authorities as in `context`; see `connector.ts` for why they are given twice. */
  readonly ca: readonly string[];
  readonly trust: readonly TrustSource[];
  /** Names the trust for people: "certs/ca.pem (padlock.hosts › localhost › ca)". */
  readonly trustLabel: string;
  /** The entry of `padlock.hosts` that this is of; undefined for the defaults. */
  readonly pattern: string | undefined;
  /** Does that entry name the authorities? */
  readonly ownAuthorities: boolean;
  readonly clientCertificate: CertificateReport | null;
  readonly minVersion: "TLSv1.2" | "TLSv1.3";
  /** The server's certificate need not verify. */
  readonly unverified: boolean;
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
    pattern: profile.pattern,
    ownAuthorities: profile.ca !== undefined,
    clientCertificate,
    minVersion,
    unverified: profile.unverified,
    fingerprint: fingerprintOf([
      ...ca,
      ...(client?.material ?? []),
      minVersion,
      profile.unverified ? "unverified" : "verified",
    ]),
  };
}

/** Tried once a process. */
let ciphers: string | undefined;

function createContext(options: tls.SecureContextOptions, profile: TlsProfile): tls.SecureContext {
  ciphers ??= chooseCiphers();
  try {
    return tls.createSecureContext({ ...options, ciphers });
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
    return identityFailure(file, {
      code: "identity.pfx-legacy",
      title: `${file.written} uses RC2-40, which OpenSSL 3 refuses`,
      detail: `${file.written} was exported with an old cipher, as older Windows, macOS and OpenSSL do.`,
      fix: `Re-export it, then delete tmp.pem: ${legacyPfxCommand}`,
      cause,
    });
  }
  return identityFailure(file, {
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

function fingerprintOf(material: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of material) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex");
}
