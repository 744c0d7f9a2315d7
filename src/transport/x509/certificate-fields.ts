import { readSignatureAlgorithm } from "./algorithms.ts";
import { constructed, DerError, type DerNode, readDer, readList } from "./der.ts";
import { type Extensions, readExtensions } from "./extensions.ts";
import { type NameText, readName } from "./names.ts";
import { serialText } from "./revocation-list.ts";
import { readSmallInteger, readTime } from "./values.ts";

/** The parts of a certificate (RFC 5280 §4.1), each still as DER where more than one reads it. */
export interface CertificateFields {
  readonly version: number;
  /** See `serialText`. */
  readonly serialNumber: string;
  readonly subject: DerNode;
  readonly issuer: DerNode;
  readonly subjectText: NameText;
  readonly issuerText: NameText;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: DerNode;
  readonly signatureAlgorithm: string;
  readonly extensions: Extensions;
}

/** @throws {DerError} */
export function readCertificateFields(der: Uint8Array): CertificateFields {
  const [signed, algorithm] = readList(readDer(der));
  const parts = readList(signed);
  const version = parts[0]?.tag === constructed(0) ? parts.shift() : undefined;
  const [serial, , issuer, validity, subject, publicKey, ...optional] = parts;
  if (!serial || !issuer || !subject || !publicKey) throw new DerError("a certificate with parts missing");
  const [notBefore, notAfter] = readList(validity);
  const extensions = optional.find(({ tag }) => tag === constructed(3));
  return {
    version: version ? readSmallInteger(readList(version, constructed(0))[0]) + 1 : 1,
    serialNumber: serialText(serial),
    subject,
    issuer,
    subjectText: readName(subject),
    issuerText: readName(issuer),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    publicKey,
    signatureAlgorithm: readSignatureAlgorithm(algorithm).name,
    extensions: readExtensions(extensions && readList(extensions, constructed(3))[0]),
  };
}
