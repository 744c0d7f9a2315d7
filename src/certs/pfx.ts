import { createHash, createHmac, randomBytes } from "node:crypto";
import type { Identity } from "./pki.ts";

export interface PfxOptions {
  /** More certificates for the chain, as PEM. */
  readonly chainPem?: string;
  readonly passphrase: string;
  /** Leave the private key out, for tests of that mistake. */
  readonly withoutKey?: boolean;
}

/**
 * A PKCS#12 file (RFC 7292): the key as a PBES2 AES-256 shrouded bag, the certificates as plain bags (they are public),
 * a MAC with HMAC-SHA-256. The same that `openssl pkcs12 -export -certpbe NONE` writes.
 */
export function makePfx(identity: Identity, options: PfxOptions): Buffer {
  const certificates = pemBodies(identity.certificatePem + (options.chainPem ?? ""));
  const shroudedKey = identity.privateKey.export({
    type: "pkcs8",
    format: "der",
    cipher: "aes-256-cbc",
    passphrase: options.passphrase,
  });
  const bags = certificates.map(certificateBag);
  if (!options.withoutKey) bags.push(safeBag(oids.shroudedKeyBag, shroudedKey));
  const safe = sequence(dataContent(sequence(...bags)));
  return sequence(integer(Buffer.of(3)), dataContent(safe), macData(safe, options.passphrase));
}

/** DER of the object identifiers' contents. */
const oids = {
  data: "2a864886f70d010701", // 1.2.840.113549.1.7.1
  shroudedKeyBag: "2a864886f70d010c0a0102", // 1.2.840.113549.1.12.10.1.2
  certificateBag: "2a864886f70d010c0a0103", // 1.2.840.113549.1.12.10.1.3
  x509Certificate: "2a864886f70d01091601", // 1.2.840.113549.1.9.22.1
  sha256: "608648016503040201", // 2.16.840.1.101.3.4.2.1
} as const;

function certificateBag(certificate: Buffer): Buffer {
  return safeBag(oids.certificateBag, sequence(oid(oids.x509Certificate), explicit(octets(certificate))));
}

function safeBag(type: string, value: Buffer): Buffer {
  return sequence(oid(type), explicit(value));
}

function dataContent(content: Buffer): Buffer {
  return sequence(oid(oids.data), explicit(octets(content)));
}

const iterations = 2048;

function macData(safe: Buffer, passphrase: string): Buffer {
  const salt = randomBytes(16);
  const digest = createHmac("sha256", macKey(passphrase, salt)).update(safe).digest();
  const algorithm = sequence(oid(oids.sha256), der(0x05, Buffer.alloc(0)));
  return sequence(
    sequence(algorithm, octets(digest)),
    octets(salt),
    integer(Buffer.of(iterations >> 8, iterations & 255)),
  );
}

/** RFC 7292, appendix B.2 with ID 3 and SHA-256: one round, as the key is as long as the digest. */
function macKey(passphrase: string, salt: Buffer): Buffer {
  const block = 64;
  const password = Buffer.from(`${passphrase}\0`, "utf16le").swap16();
  let key: Buffer = Buffer.concat([Buffer.alloc(block, 3), fill(salt, block), fill(password, block)]);
  for (let round = 0; round < iterations; round += 1) key = createHash("sha256").update(key).digest();
  return key;
}

/** Repeats `bytes` up to the next multiple of `block`. */
function fill(bytes: Buffer, block: number): Buffer {
  return Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes);
}

function pemBodies(pem: string): Buffer[] {
  return [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END/g)].map((match) =>
    Buffer.from(match[1] ?? "", "base64"),
  );
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

const sequence = (...items: readonly Buffer[]): Buffer => der(0x30, Buffer.concat(items));
const octets = (content: Buffer): Buffer => der(0x04, content);
const explicit = (content: Buffer): Buffer => der(0xa0, content);
const integer = (content: Buffer): Buffer => der(0x02, content);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, "hex"));
