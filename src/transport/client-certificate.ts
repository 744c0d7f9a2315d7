import { type KeyObject, X509Certificate } from "node:crypto";
import type tls from "node:tls";
import type { FileReference, TlsProfile } from "../settings/tls-profile.ts";
import { splitPem } from "./authorities.ts";
import { describeCertificate } from "./certificate.ts";
import { checkClientCertificate } from "./client-checks.ts";
import { holdsKey, loadKey } from "./client-key.ts";
import { openPfx } from "./client-pfx.ts";
import type { FileLedger } from "./file-ledger.ts";
import { identityFailure, notReadable } from "./identity-failures.ts";
import { isDer, isPkcs12, readCertificate, textOf } from "./identity-files.ts";
import type { CertificateReport } from "./report.ts";

export interface ClientMaterial {
  readonly options: tls.SecureContextOptions;
  /** Null for a PFX whose certificate the runtime does not tell. */
  readonly certificate: CertificateReport | null;
  /** The file that holds it. */
  readonly file: FileReference;
  readonly material: readonly (string | Buffer)[];
}

/**
 * The client certificate of a profile, checked; undefined where the profile names none.
 * @throws {Failure} of family `identity`
 */
export async function loadClient(profile: TlsProfile, ledger: FileLedger): Promise<ClientMaterial | undefined> {
  const { cert, key, pfx } = profile;
  if (pfx) return usePfx(await ledger.read(pfx, "PKCS#12 file"), pfx, profile);
  if (!cert) return key && missingHalf(key, "certificate", "cert");
  const bytes = await ledger.read(cert, "client certificate");
  if (!key && isPkcs12(bytes)) return usePfx(bytes, cert, profile);

  const certificates = certificatesOf(bytes, cert);
  // Key and certificate in one file is common; then `key` need not be named.
  const keyFile = key ?? (!isDer(bytes) && holdsKey(textOf(bytes)) ? cert : undefined);
  if (!keyFile) return missingHalf(cert, "private key", "key");
  const keyBytes = key ? await ledger.read(key, "private key") : bytes;
  const privateKey = loadKey(keyBytes, keyFile, profile.passphrase);
  const leaf = leafOf(certificates, privateKey, cert, keyFile);
  const chain = inOrder(leaf, certificates);
  const certificate = describeCertificate(leaf.raw);
  checkClientCertificate(leaf, certificate, cert, profile.minVersion === "TLSv1.2");
  const options = {
    cert: chain.map((one) => one.toString()).join(""),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
  return { options, certificate, file: cert, material: [options.cert, options.key] };
}

function usePfx(pfx: Buffer, file: FileReference, { passphrase, minVersion }: TlsProfile): ClientMaterial {
  const der = openPfx(pfx, file, passphrase);
  const certificate = der ? describeCertificate(der) : null;
  if (der && certificate) {
    checkClientCertificate(new X509Certificate(der), certificate, file, minVersion === "TLSv1.2");
  }
  const options = { pfx, ...(passphrase && { passphrase: passphrase.value }) };
  return { options, certificate, file, material: [pfx] };
}

/** Of a PEM or DER file, in its order. */
function certificatesOf(bytes: Buffer, file: FileReference): readonly [X509Certificate, ...X509Certificate[]] {
  const sources = isDer(bytes) ? [bytes] : splitPem(textOf(bytes));
  const certificates = sources.map(readCertificate);
  const [first, ...others] = certificates.filter((certificate) => certificate !== undefined);
  if (!first || others.length + 1 < certificates.length) throw notReadable(file, bytes, "certificate");
  return [first, ...others];
}

/** The certificate that the key belongs to, wherever it stands in its file. */
function leafOf(
  certificates: readonly [X509Certificate, ...X509Certificate[]],
  key: KeyObject,
  file: FileReference,
  keyFile: FileReference,
): X509Certificate {
  const leaf = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (leaf) return leaf;
  const [{ publicKey }] = certificates;
  const names = certificates.map(({ raw }) => `“${describeCertificate(raw).subjectName}”`).join(", ");
  const isAuthority = certificates.every(({ ca }) => ca);
  const whose = isAuthority
    ? `${file.written} holds the certificate of an authority (${names})`
    : `${file.written} holds ${names}`;
  const sameKind = publicKey.asymmetricKeyType === key.asymmetricKeyType;
  const difference = sameKind ? "" : `: that one is for ${kindOf(publicKey)} key, this is ${kindOf(key)} key`;
  throw identityFailure(keyFile, {
    code: "identity.key-mismatch",
    title: "The private key does not belong to the client certificate",
    detail: `${whose}, and the private key in ${keyFile.written} is not the one of ${certificates.length === 1 ? "this certificate" : "any of these certificates"}${difference}. Nothing was sent.`,
    fix: isAuthority
      ? `Name the client's own certificate in ${file.setting}; an authority that servers are verified with stands in "ca".`
      : `Name the key that was made with this certificate in ${keyFile.setting}, or the certificate that belongs to the key in ${file.setting}.`,
  });
}

const kinds: Readonly<Record<string, string>> = {
  rsa: "an RSA",
  ec: "an EC",
  ed25519: "an Ed25519",
  ed448: "an Ed448",
};

function kindOf({ asymmetricKeyType = "" }: { readonly asymmetricKeyType?: string | undefined }): string {
  return kinds[asymmetricKeyType] ?? "another kind of";
}

/** The leaf first, then each certificate's issuer, as TLS sends them (RFC 8446 §4.4.2); what is left over comes last. */
function inOrder(leaf: X509Certificate, certificates: readonly X509Certificate[]): readonly X509Certificate[] {
  const chain = [leaf];
  const rest = certificates.filter((certificate) => certificate !== leaf);
  for (let last: X509Certificate | undefined = leaf; last; ) {
    const issuer: number = rest.findIndex((candidate) => last?.checkIssued(candidate));
    [last] = issuer < 0 ? [] : rest.splice(issuer, 1);
    if (last) chain.push(last);
  }
  return [...chain, ...rest];
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
