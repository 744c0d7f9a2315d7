import { generateKeyPairSync, type KeyObject, randomBytes, sign, type X509Certificate } from "node:crypto";
import type { Identity } from "../../src/certs/pki.ts";
import { bits, boolean, explicit, integer, name, octets, oid, sequence, time, utf8 } from "./der.ts";

/** A certificate made octet by octet: with any extension, and any that is wrong. */
export interface MadeCertificate {
  readonly der: Buffer;
  readonly pem: string;
  readonly privateKey: KeyObject;
  readonly privateKeyPem: string;
  /** Hexadecimal, for an OCSP answer. */
  readonly serial: string;
}

export interface MadeOptions {
  readonly commonName?: string;
  /** DER of a Name, in place of the common name alone. */
  readonly subject?: Uint8Array;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly extensions?: readonly Uint8Array[];
  readonly keys?: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
}

const ecdsaWithSha256 = sequence(oid("1.2.840.10045.4.3.2"));
const day = 86_400_000;

/** Issued by `issuer`, whose key must be on an elliptic curve; by itself where none is given. */
export function makeCertificate(
  issuer: Pick<Identity, "certificate" | "privateKey"> | undefined,
  options: MadeOptions = {},
): MadeCertificate {
  const keys = options.keys ?? generateKeyPairSync("ec", { namedCurve: "P-256" });
  const subject = options.subject ?? name(["2.5.4.3", utf8(options.commonName ?? "localhost")]);
  const serial = `4${randomBytes(8).toString("hex").slice(1)}`;
  const { notBefore = new Date(Date.now() - day), notAfter = new Date(Date.now() + 60 * day) } = options;
  const signed = sequence(
    explicit(0, integer("02")),
    integer(serial),
    ecdsaWithSha256,
    issuer ? subjectOf(issuer.certificate) : subject,
    sequence(time(notBefore), time(notAfter)),
    subject,
    keys.publicKey.export({ type: "spki", format: "der" }),
    explicit(3, sequence(...(options.extensions ?? [loopbackNames]))),
  );
  const signature = sign("sha256", signed, issuer?.privateKey ?? keys.privateKey);
  const der = sequence(signed, ecdsaWithSha256, bits(signature));
  return {
    der,
    pem: `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    privateKey: keys.privateKey,
    privateKeyPem: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    serial,
  };
}

export function extension(id: string, value: Uint8Array, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value));
}

/** `DNS:localhost`, the two loopback addresses. */
export const loopbackNames = extension(
  "2.5.29.17",
  sequence(
    Buffer.from([0x82, 9, ...Buffer.from("localhost")]),
    Buffer.from([0x87, 4, 127, 0, 0, 1]),
    Buffer.from([0x87, 16, ...new Uint8Array(15), 1]),
  ),
);

/** RFC 7633: the TLS extension `status_request`. */
export const mustStaple = extension("1.3.6.1.5.5.7.1.24", sequence(integer("05")));

/** The subject as it stands in the certificate: names are compared octet by octet. */
export function subjectOf(certificate: X509Certificate): Buffer {
  const [, , , , , subject] = partsOf(partsOf(certificate.raw)[0] ?? Buffer.alloc(0));
  return subject ?? Buffer.alloc(0);
}

/** The octets of the key, without the algorithm. */
export function keyOctetsOf(certificate: X509Certificate): Buffer {
  const [, key] = partsOf(certificate.publicKey.export({ type: "spki", format: "der" }));
  return (key ?? Buffer.alloc(0)).subarray(-65);
}

/** The elements in a SEQUENCE. */
function partsOf(der: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let rest = bodyOf(der); rest.length > 0; ) {
    const length = rest.length - afterFirst(rest);
    parts.push(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  return parts;
}

function headOf(der: Buffer): { readonly head: number; readonly length: number } {
  const first = der[1] ?? 0;
  if (first < 0x80) return { head: 2, length: first };
  const count = first & 0x7f;
  return { head: 2 + count, length: der.readUIntBE(2, count) };
}

function bodyOf(der: Buffer): Buffer {
  const { head, length } = headOf(der);
  return der.subarray(head, head + length);
}

function afterFirst(der: Buffer): number {
  const { head, length } = headOf(der);
  return der.length - head - length;
}
