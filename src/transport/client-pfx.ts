import tls from "node:tls";
import type { Failure } from "../common/failure.ts";
import { shellWord } from "../common/shell-word.ts";
import type { ExpandedString, FileReference } from "../settings/tls-profile.ts";
import {
  identityFailure,
  notReadable,
  passphraseMissing,
  passphraseUnneeded,
  passphraseWrong,
} from "./identity-failures.ts";
import { isPkcs12 } from "./identity-files.ts";

/**
 * Opens a PKCS#12 file (RFC 7292), to see that it can be used.
 * @returns the client certificate in it, DER; undefined where the runtime does not tell
 * @throws {Failure} of family `identity`
 */
export function openPfx(pfx: Buffer, file: FileReference, passphrase: ExpandedString | undefined): Buffer | undefined {
  if (!isPkcs12(pfx)) throw notReadable(file, pfx, "pfx");
  let context: tls.SecureContext;
  try {
    context = tls.createSecureContext({ pfx, ...(passphrase && { passphrase: passphrase.value }) });
  } catch (cause) {
    throw pfxFailure(pfx, file, passphrase, cause);
  }
  if (passphrase && opensWithout(pfx)) throw passphraseUnneeded(file, passphrase);
  // `context.context` is Node's native object.
  const native = context.context as { getCertificate?: () => Buffer | null } | undefined;
  return native?.getCertificate?.() ?? undefined;
}

function opensWithout(pfx: Buffer): boolean {
  try {
    tls.createSecureContext({ pfx });
    return true;
  } catch {
    return false;
  }
}

function pfxFailure(pfx: Buffer, file: FileReference, passphrase: ExpandedString | undefined, cause: unknown): Failure {
  const message = cause instanceof Error ? cause.message : String(cause);
  // OpenSSL, without a MAC, and BoringSSL.
  if (/mac verify failure|bad decrypt|incorrect.?password/i.test(message)) {
    if (passphrase && opensWithout(pfx)) return passphraseUnneeded(file, passphrase);
    return passphrase ? passphraseWrong(file, passphrase, cause) : passphraseMissing(file, cause);
  }
  if (/unsupported/i.test(message)) return legacy(file, cause);
  const missing = /load (private key|certificate) from PFX/i.exec(message)?.[1]?.toLowerCase();
  if (missing !== undefined) return halfMissing(file, missing, cause);
  return tooWeak(file, cause) ?? notReadable(file, pfx, "pfx", cause);
}

/** What OpenSSL's security level 2 refuses of a certificate, its key or its chain; undefined for any other error. */
export function tooWeak(file: FileReference, cause: unknown): Failure | undefined {
  const message = cause instanceof Error ? cause.message : "";
  if (/(?:ee|ca) key too small/i.test(message)) {
    return identityFailure(file, {
      code: "identity.weak-key",
      title: `A key in ${file.written} is too short to be safe`,
      detail: `A certificate in ${file.written} has a key that TLS no longer accepts: RSA needs 2048 bits. Nothing was sent.`,
      fix: "Have the certificate renewed, with an EC key or an RSA key of 2048 bits or more.",
      cause,
    });
  }
  if (!/md too weak/i.test(message)) return undefined;
  return identityFailure(file, {
    code: "identity.weak-signature",
    title: `A certificate in ${file.written} is signed with an outdated digest`,
    detail: `A certificate in ${file.written} is signed with SHA-1 or MD5, which TLS no longer accepts. Nothing was sent.`,
    fix: "Have the certificate renewed by an authority that signs with SHA-256.",
    cause,
  });
}

/** Between the two commands the key stays encrypted. */
function legacy(file: FileReference, cause: unknown): Failure {
  const base = file.value.replace(/\.\w+$/, "");
  const [old, pem, renewed] = [file.value, `${base}-new.pem`, `${base}-new.p12`].map(shellWord);
  const commands = `openssl pkcs12 -legacy -in ${old} -out ${pem} && openssl pkcs12 -export -in ${pem} -out ${renewed}`;
  return identityFailure(file, {
    code: "identity.pfx-legacy",
    title: `${file.written} is encrypted with RC2 or DES, which OpenSSL 3 refuses`,
    detail: `${file.written} was exported with an old cipher, as older Windows, macOS and OpenSSL do. Nothing was sent.`,
    fix: `Export it anew, then delete ${pem} and name ${renewed} in ${file.setting}: ${commands}`,
    cause,
  });
}

function halfMissing(file: FileReference, missing: string, cause: unknown): Failure {
  return identityFailure(file, {
    code: "identity.key-missing",
    title: `${file.written} holds no ${missing}`,
    detail: `A client certificate needs its private key and its certificate, and the PKCS#12 file ${file.written} was exported without the ${missing}. Nothing was sent.`,
    fix: `Export it again with the ${missing}; Windows asks "Yes, export the private key".`,
    cause,
  });
}
