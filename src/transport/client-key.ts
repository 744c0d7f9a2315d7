import { createPrivateKey, type KeyObject } from "node:crypto";
import type { Failure } from "../common/failure.ts";
import { shellWord } from "../common/shell-word.ts";
import type { ExpandedString, FileReference } from "../settings/tls-profile.ts";
import {
  errorCode,
  identityFailure,
  notReadable,
  passphraseMissing,
  passphraseUnneeded,
  passphraseWrong,
} from "./identity-failures.ts";
import { isDer, isEncryptedDerKey, textOf } from "./identity-files.ts";

const keyBlock = /-----BEGIN ((?:[A-Z]+ )*PRIVATE KEY)-----[\s\S]*?-----END \1-----/g;

/** Does a PEM file hold a private key, beside whatever else? */
export function holdsKey(text: string): boolean {
  return keyBlocks(text).length > 0;
}

/**
 * The private key of a file: PKCS#8 (RFC 5958), or the traditional forms of RSA and EC keys (RFC 8017 A.1.2, RFC 5915),
 * PEM or DER, encrypted or not. Anything else in a PEM file is skipped.
 * @throws {Failure} of family `identity`
 */
export function loadKey(bytes: Buffer, file: FileReference, passphrase: ExpandedString | undefined): KeyObject {
  if (isDer(bytes)) return open(bytes, file, passphrase, isEncryptedDerKey(bytes), () => readDer(bytes, passphrase));
  const [block] = keyBlocks(textOf(bytes));
  if (block === undefined) throw notReadable(file, bytes, "key");
  const isEncrypted = /ENCRYPTED/.test(block);
  return open(bytes, file, passphrase, isEncrypted, () => createPrivateKey({ key: block, ...optional(passphrase) }));
}

function keyBlocks(text: string): readonly string[] {
  return Array.from(text.matchAll(keyBlock), ([block]) => block).filter((block) => !/OPENSSH/.test(block));
}

function open(
  bytes: Buffer,
  file: FileReference,
  passphrase: ExpandedString | undefined,
  isEncrypted: boolean,
  read: () => KeyObject,
): KeyObject {
  if (isEncrypted && passphrase === undefined) throw passphraseMissing(file);
  let key: KeyObject;
  try {
    key = read();
  } catch (cause) {
    if (isUnsupported(cause)) throw unsupportedCipher(file, cause);
    throw isEncrypted && passphrase ? passphraseWrong(file, passphrase, cause) : notReadable(file, bytes, "key", cause);
  }
  if (!isEncrypted && passphrase) throw passphraseUnneeded(file, passphrase);
  return key;
}

function readDer(key: Buffer, passphrase: ExpandedString | undefined): KeyObject {
  const types = ["pkcs8", "pkcs1", "sec1"] as const;
  for (const type of types) {
    try {
      return createPrivateKey({ key, format: "der", type, ...optional(passphrase) });
    } catch (error) {
      if (type === "sec1" || isEncryptedDerKey(key)) throw error;
    }
  }
  throw new Error("no form of a key was tried");
}

function optional(passphrase: ExpandedString | undefined): { passphrase?: string } {
  return passphrase ? { passphrase: passphrase.value } : {};
}

/** The cipher, that is; a file that holds no key at all is "DECODER routines::unsupported". */
function isUnsupported(cause: unknown): boolean {
  const message = cause instanceof Error ? cause.message : "";
  return errorCode(cause) === "ERR_OSSL_EVP_UNSUPPORTED" || /envelope routines::unsupported/i.test(message);
}

function unsupportedCipher(file: FileReference, cause: unknown): Failure {
  const name = shellWord(file.value);
  const renewed = shellWord(file.value.replace(/(\.\w+)?$/, "-new$1"));
  return identityFailure(file, {
    code: "identity.key-unsupported",
    title: `${file.written} is encrypted in a way that is no longer supported`,
    detail: `${file.written} uses an old cipher (such as DES or RC2) that OpenSSL 3 refuses. Nothing was sent.`,
    fix: `Encrypt it anew, and name the new file in ${file.setting}: openssl pkcs8 -topk8 -v2 aes-256-cbc -provider legacy -provider default -in ${name} -out ${renewed}`,
    cause,
  });
}
