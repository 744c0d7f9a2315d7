import { X509Certificate } from "node:crypto";

/** DER certificates and keys begin with the tag of an ASN.1 SEQUENCE. */
export function isDer(bytes: Buffer): boolean {
  return bytes[0] === 0x30;
}

/** The text of a PEM file. Windows' PowerShell writes UTF-16. */
export function textOf(bytes: Buffer): string {
  return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf16le" : "latin1");
}

/** What the outer SEQUENCE of a DER file holds first; undefined for what is no whole DER file. */
function firstInside(bytes: Buffer): { readonly tag: number; readonly value: Buffer } | undefined {
  const outer = element(bytes, 0);
  if (outer?.tag !== 0x30) return undefined;
  return element(outer.value, 0);
}

/** PFX, RFC 7292 §4: version 3. A private key has 0 or 1 there. */
export function isPkcs12(bytes: Buffer): boolean {
  const first = firstInside(bytes);
  return first?.tag === 0x02 && first.value.equals(Buffer.of(3));
}

/** EncryptedPrivateKeyInfo, RFC 5958 §3, begins with an algorithm where a plain key has its version. */
export function isEncryptedDerKey(bytes: Buffer): boolean {
  return firstInside(bytes)?.tag === 0x30;
}

/** Is the base64 of a PEM block that of one DER structure, with all of its bytes? */
export function isWholePem(pem: string): boolean {
  return element(Buffer.from(pem.replace(/-----[^-]+-----/g, ""), "base64"), 0)?.tag === 0x30;
}

/** One DER element (X.690 §8.1), or undefined where the bytes end before it does. */
function element(bytes: Buffer, at: number): { readonly tag: number; readonly value: Buffer } | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  const more = first & 0x80 ? first & 0x7f : 0;
  if (more > 4 || at + 2 + more > bytes.length) return undefined;
  const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
  const start = at + 2 + more;
  return start + length > bytes.length ? undefined : { tag, value: bytes.subarray(start, start + length) };
}

/** "" for bytes that are no certificate. */
export function derToPem(der: Buffer): string {
  try {
    return new X509Certificate(der).toString();
  } catch {
    return "";
  }
}

export function isCertificate(pem: string): boolean {
  return readCertificate(pem) !== undefined;
}

/** PEM or DER. */
export function readCertificate(pem: string | Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
