import { createHash, type KeyObject, sign, type X509Certificate } from "node:crypto";
import { bits, enumerated, explicit, implicit, integer, nothing, octets, oid, sequence, time } from "./der.ts";
import { keyOctetsOf, subjectOf } from "./made-certificates.ts";

/** An OCSP response (RFC 6960 §4.2.1), as its issuer or somebody else would sign it; all EC. */
export interface OcspOptions {
  /** Hexadecimal, of the certificate that it is about. */
  readonly serial: string;
  readonly issuer: X509Certificate;
  /** Who signs; default: must be given with its key. */
  readonly signer: { readonly certificate: X509Certificate; readonly privateKey: KeyObject };
  readonly status?: "good" | "revoked" | "unknown";
  readonly revokedAt?: Date;
  readonly reason?: number;
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date | null;
  /** Sent along. */
  readonly certificates?: readonly Uint8Array[];
  readonly hash?: "sha1" | "sha256";
  /** How the responder is named; default `name`. */
  readonly by?: "name" | "key";
  /** Of the one answer. */
  readonly extensions?: readonly Uint8Array[];
}

const hour = 3_600_000;
const hashOids = { sha1: "1.3.14.3.2.26", sha256: "2.16.840.1.101.3.4.2.1" } as const;

export function makeOcspResponse(options: OcspOptions): Buffer {
  const { signer, by = "name", certificates = [] } = options;
  const key = createHash("sha1").update(keyOctetsOf(signer.certificate)).digest();
  const signed = sequence(
    by === "name" ? explicit(1, subjectOf(signer.certificate)) : explicit(2, octets(key)),
    time(options.thisUpdate ?? new Date(Date.now() - hour)),
    sequence(answer(options)),
  );
  const basic = sequence(
    signed,
    sequence(oid("1.2.840.10045.4.3.2")),
    bits(sign("sha256", signed, signer.privateKey)),
    ...(certificates.length > 0 ? [explicit(0, sequence(...certificates))] : []),
  );
  return sequence(enumerated(0), explicit(0, sequence(oid("1.3.6.1.5.5.7.48.1.1"), octets(basic))));
}

/** The responder's word that it has no answer: 3 is "try later". */
export function makeOcspError(status: number): Buffer {
  return sequence(enumerated(status));
}

function answer(options: OcspOptions): Buffer {
  const { serial, issuer, hash = "sha1", extensions = [] } = options;
  const digest = (bytes: Uint8Array) => octets(createHash(hash).update(bytes).digest());
  const { thisUpdate = new Date(Date.now() - hour), nextUpdate = new Date(Date.now() + 24 * hour) } = options;
  return sequence(
    sequence(
      sequence(oid(hashOids[hash]), nothing),
      digest(subjectOf(issuer)),
      digest(keyOctetsOf(issuer)),
      integer(serial),
    ),
    statusOf(options),
    time(thisUpdate),
    ...(nextUpdate ? [explicit(0, time(nextUpdate))] : []),
    ...(extensions.length > 0 ? [explicit(1, sequence(...extensions))] : []),
  );
}

function statusOf({ status = "good", revokedAt = new Date(Date.now() - 48 * hour), reason }: OcspOptions): Buffer {
  if (status === "good") return implicit(0, new Uint8Array());
  if (status === "unknown") return implicit(2, new Uint8Array());
  return explicit(1, time(revokedAt), ...(reason === undefined ? [] : [explicit(0, enumerated(reason))]));
}
