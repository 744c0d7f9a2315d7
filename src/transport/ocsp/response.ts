import { readHash, readSignatureAlgorithm, type SignatureAlgorithm } from "../x509/algorithms.ts";
import { constructed, context, DerError, type DerNode, expect, readDer, readList, tags } from "../x509/der.ts";
import { type Extensions, readExtensions } from "../x509/extensions.ts";
import { reasonName, serialText } from "../x509/revocation-list.ts";
import { readBitOctets, readOid, readTime } from "../x509/values.ts";

/** A BasicOCSPResponse (RFC 6960 §4.2.1). */
export interface OcspResponse {
  /** What the signature is over. */
  readonly signed: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
  /** The responder's Name, or the SHA-1 of its key. */
  readonly responder: { readonly name: DerNode } | { readonly keyHash: Uint8Array };
  readonly producedAt: Date;
  readonly answers: readonly OcspAnswer[];
  /** Certificates that were sent along, DER. */
  readonly certificates: readonly Uint8Array[];
}

/** What it says of one certificate. */
export interface OcspAnswer {
  /** With what the issuer's name and key are hashed: `SHA-1`. */
  readonly hash: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** See `serialText`. */
  readonly serialNumber: string;
  readonly status: "good" | "revoked" | "unknown";
  readonly revokedAt: Date | null;
  readonly revocationReason: string | null;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  readonly extensions: Extensions;
}

/** The responder's own words for why it gives no answer (RFC 6960 §4.2.1). */
const errorWords: Readonly<Record<number, string>> = {
  1: "malformed request",
  2: "internal error",
  3: "try later",
  5: "signature required",
  6: "unauthorized",
};

/** The responder answered that it cannot answer. */
export class OcspError extends Error {
  override readonly name = "OcspError";
}

const basicResponse = "1.3.6.1.5.5.7.48.1.1";

/** Certificates that are sent along are tried one by one: more than this no responder needs. */
const mostCertificates = 8;

/** @throws {DerError} on anything but an OCSP response @throws {OcspError} */
export function readOcspResponse(der: Uint8Array): OcspResponse {
  const [status, wrapped] = readList(readDer(der));
  const code = expect(status, tags.enumerated).body[0] ?? 0;
  if (code !== 0) throw new OcspError(errorWords[code] ?? `error ${code}`);
  const [type, bytes] = readList(readList(wrapped, constructed(0))[0]);
  if (readOid(type) !== basicResponse) throw new DerError("an OCSP response of another kind");
  const [data, algorithm, signature, certificates] = readList(readDer(expect(bytes, tags.octetString).body));
  const fields = readList(data).filter(({ tag }) => tag !== constructed(0));
  const [responder, producedAt, answers] = fields;
  if (!data || !responder) throw new DerError("an OCSP response with parts missing");
  return {
    signed: data.raw,
    algorithm: readSignatureAlgorithm(algorithm),
    signature: readBitOctets(signature),
    responder: readResponder(responder),
    producedAt: readTime(producedAt),
    answers: readList(answers).map(readAnswer),
    certificates: certificates ? readCertificates(certificates) : [],
  };
}

function readCertificates(node: DerNode): Uint8Array[] {
  const [list] = readList(node, constructed(0));
  return readList(list)
    .slice(0, mostCertificates)
    .map(({ raw }) => raw);
}

function readResponder(node: DerNode): OcspResponse["responder"] {
  if (node.tag === constructed(1)) return { name: expect(readList(node, constructed(1))[0], tags.sequence) };
  return { keyHash: expect(readList(node, constructed(2))[0], tags.octetString).body };
}

function readAnswer(node: DerNode): OcspAnswer {
  const [id, status, thisUpdate, ...optional] = readList(node);
  const [hash, nameHash, keyHash, serial] = readList(id);
  if (!serial || !status) throw new DerError("an answer with parts missing");
  const nextUpdate = optional.find(({ tag }) => tag === constructed(0));
  const extensions = optional.find(({ tag }) => tag === constructed(1));
  return {
    hash: readHash(hash),
    issuerNameHash: expect(nameHash, tags.octetString).body,
    issuerKeyHash: expect(keyHash, tags.octetString).body,
    serialNumber: serialText(serial),
    ...readStatus(status),
    thisUpdate: readTime(thisUpdate),
    nextUpdate: nextUpdate ? readTime(readList(nextUpdate, constructed(0))[0]) : null,
    extensions: readExtensions(extensions && readList(extensions, constructed(1))[0]),
  };
}

function readStatus(node: DerNode): Pick<OcspAnswer, "status" | "revokedAt" | "revocationReason"> {
  switch (node.tag) {
    case context(0):
      return { status: "good", revokedAt: null, revocationReason: null };
    case constructed(1): {
      const [time, wrapped] = readList(node, constructed(1));
      const reason = wrapped && readList(wrapped, constructed(0))[0];
      return { status: "revoked", revokedAt: readTime(time), revocationReason: reason ? reasonName(reason) : null };
    }
    case context(2):
      return { status: "unknown", revokedAt: null, revocationReason: null };
    default:
      throw new DerError("a status of another kind");
  }
}
