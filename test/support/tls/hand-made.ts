import { createPublicKey, type KeyObject, randomBytes, sign, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import * as der from "../der.ts";

/* Certificates that no certificate library of ours makes any more: broken hashes, no subject, ten thousand names. */

export type Hash = "md5" | "sha1" | "sha256" | "sha384" | "sha512";

export interface HandMadeOptions {
  /** Default: a common name "localhost". Empty: no subject at all. */
  readonly subject?: readonly (readonly [type: "CN" | "O", value: string])[];
  readonly hosts?: readonly string[];
  /** The certificate's own key. */
  readonly key: KeyObject;
  /** What the issuer signs with; Ed25519 has its own. */
  readonly hash?: Hash;
  readonly isAuthority?: boolean;
  /** An authority whose certificate a server may show too, as those of public ones. */
  readonly alsoServer?: boolean;
  /** Asks for a stapled OCSP response (RFC 7633). */
  readonly mustStaple?: boolean;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

export interface HandMade {
  readonly certificate: X509Certificate;
  readonly certificatePem: string;
  /** The certificate, then its intermediates; never the root. */
  readonly chainPem: string;
  readonly privateKey: KeyObject;
  readonly privateKeyPem: string;
}

export type Issuer = Pick<HandMade, "certificate" | "chainPem" | "privateKey">;

/** Without an issuer it signs itself. */
export function handMade(options: HandMadeOptions, issuer?: Issuer): HandMade {
  const { key: privateKey, hash = "sha256", notBefore = daysFromNow(-1), notAfter = daysFromNow(90) } = options;
  const subject = nameOf(options.subject ?? [["CN", "localhost"]]);
  const signer = issuer?.privateKey ?? privateKey;
  const algorithm = signatureAlgorithm(signer, hash);
  const body = der.sequence(
    der.explicit(0, der.integer("02")),
    der.integer(`40${randomBytes(15).toString("hex")}`),
    algorithm,
    issuer ? subjectOf(issuer.certificate) : subject,
    der.sequence(utcTime(notBefore), utcTime(notAfter)),
    subject,
    createPublicKey(privateKey).export({ type: "spki", format: "der" }),
    der.explicit(3, der.sequence(...extensions(options))),
  );
  const signature = sign(signer.asymmetricKeyType === "ed25519" ? null : hash, body, signer);
  const certificate = new X509Certificate(der.sequence(body, algorithm, der.bits(signature)));
  const certificatePem = certificate.toString();
  const isBelowRoot = issuer === undefined || isSelfIssued(issuer.certificate);
  return {
    certificate,
    certificatePem,
    chainPem: isBelowRoot ? certificatePem : certificatePem + issuer.chainPem,
    privateKey,
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** RFC 5280 §4.1.2.5.1: for years up to 2049. */
function utcTime(date: Date): Buffer {
  return der.tlv(0x17, Buffer.from(date.toISOString().replace(/^..|[-:T]|\.\d+/g, "")));
}

export function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

function isSelfIssued({ subject, issuer }: X509Certificate): boolean {
  return subject === issuer;
}

const attributes = { CN: "2.5.4.3", O: "2.5.4.10" } as const;

function nameOf(subject: NonNullable<HandMadeOptions["subject"]>): Buffer {
  return der.sequence(
    ...subject.map(([type, value]) => der.set(der.sequence(der.oid(attributes[type]), der.utf8(value)))),
  );
}

/** The subject's DER, byte for byte: the sixth field of the body of a version 3 certificate (RFC 5280 §4.1). */
function subjectOf(certificate: X509Certificate): Buffer {
  let at = contentOf(certificate.raw, 0);
  at = contentOf(certificate.raw, at);
  for (let field = 0; field < 5; field += 1) at = endOf(certificate.raw, at);
  return certificate.raw.subarray(at, endOf(certificate.raw, at));
}

function contentOf(bytes: Buffer, at: number): number {
  const first = bytes[at + 1] ?? 0;
  return at + 2 + (first & 0x80 ? first & 0x7f : 0);
}

function endOf(bytes: Buffer, at: number): number {
  const start = contentOf(bytes, at);
  const first = bytes[at + 1] ?? 0;
  return start + (first & 0x80 ? bytes.readUIntBE(at + 2, first & 0x7f) : first);
}

const rsaSignatures: Readonly<Record<Hash, string>> = { md5: "4", sha1: "5", sha256: "11", sha384: "12", sha512: "13" };
const ecSignatures: Readonly<Record<Exclude<Hash, "md5">, string>> = {
  sha1: "1",
  sha256: "3.2",
  sha384: "3.3",
  sha512: "3.4",
};

function signatureAlgorithm(signer: KeyObject, hash: Hash): Buffer {
  if (signer.asymmetricKeyType === "ed25519") return der.sequence(der.oid("1.3.101.112"));
  if (signer.asymmetricKeyType === "rsa") {
    return der.sequence(der.oid(`1.2.840.113549.1.1.${rsaSignatures[hash]}`), der.nothing);
  }
  if (hash === "md5") throw new Error("ECDSA has no MD5");
  return der.sequence(der.oid(`1.2.840.10045.4.${ecSignatures[hash]}`));
}

/** RFC 5280 §4.2.1, RFC 7633. */
function extensions(options: HandMadeOptions): Buffer[] {
  const { hosts = [], isAuthority = false, alsoServer = !isAuthority, mustStaple = false, key } = options;
  // digitalSignature and, for RSA, keyEncipherment; keyCertSign and cRLSign for an authority.
  const usage = isAuthority ? [alsoServer ? 0x86 : 0x06, 1] : key.asymmetricKeyType === "rsa" ? [0xa0, 5] : [0x80, 7];
  const list = [
    extension("2.5.29.19", der.sequence(...(isAuthority ? [der.boolean(true)] : [])), true),
    extension("2.5.29.15", der.bits(Buffer.of(usage[0] ?? 0), usage[1]), true),
  ];
  if (alsoServer) list.push(extension("2.5.29.37", der.sequence(der.oid("1.3.6.1.5.5.7.3.1"))));
  if (hosts.length > 0) list.push(extension("2.5.29.17", der.sequence(...hosts.map(generalName))));
  if (mustStaple) list.push(extension("1.3.6.1.5.5.7.1.24", der.sequence(der.integer("05"))));
  return list;
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return der.sequence(der.oid(id), ...(critical ? [der.boolean(true)] : []), der.octets(value));
}

function generalName(host: string): Buffer {
  if (isIP(host) === 4) return der.implicit(7, Buffer.from(host.split(".").map(Number)));
  if (isIP(host) === 6) return der.implicit(7, Buffer.from(host === "::1" ? [...Array(15).fill(0), 1] : []));
  return der.implicit(2, Buffer.from(host));
}
