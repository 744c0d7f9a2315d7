import { createPrivateKey, X509Certificate } from "node:crypto";
import type tls from "node:tls";
import type { Failure } from "../common/failure.ts";
import type { ExpandedString, FileReference, TlsProfile } from "../settings/tls-profile.ts";
import { splitPem } from "./authorities.ts";
import { describeCertificate } from "./certificate.ts";
import { errorCode, identityFailure, passphraseMissing, passphraseWrong } from "./identity-failures.ts";
import { derToPem, isCertificate, isDer, readIdentityFile } from "./identity-files.ts";
import type { CertificateReport } from "./report.ts";

export interface ClientMaterial {
  readonly options: tls.SecureContextOptions;
  /** Null for a PFX, whose certificate is read back from the context. */
  readonly certificate: CertificateReport | null;
  readonly material: readonly (string | Buffer)[];
}

/**
 * The client certificate of a profile, checked; undefined where the profile names none.
 * @throws {Failure} of family `identity`
 */
export async function loadClient(profile: TlsProfile): Promise<ClientMaterial | undefined> {
  const { cert, key, pfx, passphrase } = profile;
  if (pfx) {
    const bytes = await readIdentityFile(pfx, "PFX file");
    const options = { pfx: bytes, ...(passphrase ? { passphrase: passphrase.value } : {}) };
    return { options, certificate: null, material: [bytes, passphrase?.value ?? ""] };
  }
  if (!cert && !key) return undefined;
  if (!cert) return missingHalf(key as FileReference, "certificate", "cert");
  const certBytes = await readIdentityFile(cert, "client certificate");
  const certPem = isDer(certBytes) ? derToPem(certBytes) : certBytes.toString("latin1");
  const [leafPem] = splitPem(certPem);
  if (!leafPem || !isCertificate(leafPem)) {
    throw identityFailure(cert, {
      code: "identity.not-pem",
      title: `${cert.written} holds no certificate that can be read`,
      detail: `${cert.written} is named as the client certificate, but it does not hold a readable PEM or DER certificate.`,
      fix: `Name a PEM file that begins with "-----BEGIN CERTIFICATE-----" in ${cert.setting}.`,
    });
  }
  // Key and certificate in one file is common; then `key` need not be named.
  const keyFile = key ?? (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(certPem) ? cert : undefined);
  if (!keyFile) return missingHalf(cert, "private key", "key");
  const keyBytes = key ? await readIdentityFile(key, "private key") : certBytes;
  const keyPem = loadKey(keyBytes, keyFile, passphrase);
  const leaf = new X509Certificate(leafPem);
  if (!leaf.checkPrivateKey(createPrivateKey(keyPem))) {
    throw identityFailure(keyFile, {
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
  throw identityFailure(given, {
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
    return identityFailure(file, {
      code: "identity.key-unsupported",
      title: `${file.written} is encrypted in a way that is no longer supported`,
      detail: `${file.written} uses an old cipher (such as DES or RC2) that OpenSSL 3 refuses.`,
      fix: `Re-encrypt it: openssl pkcs8 -topk8 -v2 aes-256-cbc -provider legacy -provider default -in ${file.written} -out new.key`,
      cause,
    });
  }
  if (encrypted && passphrase) return passphraseWrong(file, passphrase, cause);
  return identityFailure(file, {
    code: "identity.not-pem",
    title: `${file.written} holds no private key that can be read`,
    detail: `${file.written} is named as the private key, but it is neither a PEM nor a PKCS#8 DER key. A file that begins with "BEGIN CERTIFICATE" is a certificate; "BEGIN OPENSSH PRIVATE KEY" is an SSH key.`,
    fix: `Name a PEM file that begins with "-----BEGIN PRIVATE KEY-----" (or ENCRYPTED, RSA, EC PRIVATE KEY) in ${file.setting}.`,
    cause,
  });
}

function oneLine(name: string): string {
  return name.split("\n").reverse().join(", ");
}
