import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import { integer, nothing, octets, oid, sequence } from "./der.ts";

export interface Encrypted {
  /** AlgorithmIdentifier, DER. */
  readonly algorithm: Buffer;
  readonly content: Buffer;
}

/**
 * PBES2 of RFC 8018: a key from PBKDF2 with HMAC-SHA-256, then AES-256-CBC. Everything that reads keys and PKCS#12
 * files today knows it: OpenSSL from 1.1, Java from 8u301, Windows from 10, macOS.
 */
export function encrypt(plain: Uint8Array, passphrase: string, iterations: number): Encrypted {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", pbkdf2Sync(passphrase, salt, iterations, 32, "sha256"), iv);
  const content = Buffer.concat([cipher.update(plain), cipher.final()]);
  const hmac = sequence(oid("1.2.840.113549.2.9"), nothing);
  const pbkdf2Parameters = sequence(octets(salt), integer(iterations), hmac);
  const keyDerivation = sequence(oid("1.2.840.113549.1.5.12"), pbkdf2Parameters);
  const scheme = sequence(oid("2.16.840.1.101.3.4.1.42"), octets(iv));
  return { algorithm: sequence(oid("1.2.840.113549.1.5.13"), sequence(keyDerivation, scheme)), content };
}

/** EncryptedPrivateKeyInfo of RFC 5208 for a PKCS#8 key; both DER. */
export function encryptKey(pkcs8: Uint8Array, passphrase: string, iterations: number): Buffer {
  const { algorithm, content } = encrypt(pkcs8, passphrase, iterations);
  return sequence(algorithm, octets(content));
}

/** RFC 7468 §11. */
export function encryptedKeyPem(encryptedKey: Buffer): string {
  const lines = encryptedKey.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${lines.join("\n")}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
}
