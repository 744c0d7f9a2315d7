import { createHash, createHmac, randomBytes, X509Certificate } from "node:crypto";
import { bmpString, explicit, implicit, integer, nothing, octets, oid, sequence, setOf } from "./der.ts";
import { encrypt, encryptKey } from "./pbes2.ts";
import type { Identity } from "./pki.ts";

export interface PfxOptions {
  /** More certificates for the chain, as PEM. */
  readonly chainPem?: string;
  readonly passphrase: string;
  /** What programs list the key under; default the identity's name. */
  readonly friendlyName?: string;
  /** Rounds of the key derivations; default 2048, as of OpenSSL. */
  readonly iterations?: number;
  /** Leave the private key out, for tests of that mistake. */
  readonly withoutKey?: boolean;
}

/**
 * A PKCS#12 file (RFC 7292) for one key and its chain: both encrypted with AES-256 (PBES2), a MAC with HMAC-SHA-256.
 * The same that `openssl pkcs12 -export` of OpenSSL 3 writes.
 */
export function makePfx(identity: Identity, options: PfxOptions): Buffer {
  const { passphrase, iterations = 2048, friendlyName = identity.name } = options;
  const [own, ...chain] = certificatesOf(identity.certificatePem + (options.chainPem ?? ""));
  // Java and Windows find a key's certificate by this attribute alone.
  const attributes = ownAttributes(friendlyName, own ?? Buffer.alloc(0));
  const bags = [own, ...chain].flatMap((certificate, index) =>
    certificate ? [certificateBag(certificate, index === 0 ? attributes : undefined)] : [],
  );
  const contents = [encryptedContent(sequence(...bags), passphrase, iterations)];
  if (!options.withoutKey) {
    const pkcs8 = identity.privateKey.export({ type: "pkcs8", format: "der" });
    const key = safeBag(oids.shroudedKeyBag, encryptKey(pkcs8, passphrase, iterations), attributes);
    contents.push(dataContent(sequence(key)));
  }
  const safe = sequence(...contents);
  return sequence(integer(3), dataContent(safe), macData(safe, passphrase, iterations));
}

const oids = {
  data: "1.2.840.113549.1.7.1",
  encryptedData: "1.2.840.113549.1.7.6",
  shroudedKeyBag: "1.2.840.113549.1.12.10.1.2",
  certificateBag: "1.2.840.113549.1.12.10.1.3",
  x509Certificate: "1.2.840.113549.1.9.22.1",
  friendlyName: "1.2.840.113549.1.9.20",
  localKeyId: "1.2.840.113549.1.9.21",
  sha256: "2.16.840.1.101.3.4.2.1",
} as const;

function certificateBag(certificate: Buffer, attributes: Buffer | undefined): Buffer {
  const value = sequence(oid(oids.x509Certificate), explicit(0, octets(certificate)));
  return safeBag(oids.certificateBag, value, attributes);
}

function safeBag(type: string, value: Buffer, attributes: Buffer | undefined): Buffer {
  return sequence(oid(type), explicit(0, value), ...(attributes ? [attributes] : []));
}

function ownAttributes(name: string, certificate: Buffer): Buffer {
  const keyId = createHash("sha256").update(certificate).digest();
  return setOf(
    sequence(oid(oids.friendlyName), setOf(bmpString(name))),
    sequence(oid(oids.localKeyId), setOf(octets(keyId))),
  );
}

function dataContent(content: Buffer): Buffer {
  return sequence(oid(oids.data), explicit(0, octets(content)));
}

/** EncryptedData of RFC 5652 §8: the names in a certificate are a person's, too. */
function encryptedContent(plain: Buffer, passphrase: string, iterations: number): Buffer {
  const { algorithm, content } = encrypt(plain, passphrase, iterations);
  const encrypted = sequence(oid(oids.data), algorithm, implicit(0, content));
  return sequence(oid(oids.encryptedData), explicit(0, sequence(integer(0), encrypted)));
}

function macData(safe: Buffer, passphrase: string, iterations: number): Buffer {
  const salt = randomBytes(16);
  const digest = createHmac("sha256", macKey(passphrase, salt, iterations))
    .update(safe)
    .digest();
  const algorithm = sequence(oid(oids.sha256), nothing);
  return sequence(sequence(algorithm, octets(digest)), octets(salt), integer(iterations));
}

/** RFC 7292, appendix B.2 with ID 3 and SHA-256: one block, as the key is as long as the digest. */
function macKey(passphrase: string, salt: Buffer, iterations: number): Buffer {
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

function certificatesOf(pem: string): Buffer[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block).raw);
}
