import { DerError, type DerNode, readDer, readList, tags } from "./der.ts";
import { readExtensions } from "./extensions.ts";
import { type NameText, readName } from "./names.ts";
import { hexPairs, readTime } from "./values.ts";

/** A certificate revocation list (RFC 5280 §5.1). Its signature is not checked here. */
export interface RevocationListFields {
  readonly issuer: NameText;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  /** By serial number as `serialText` writes it. */
  readonly entries: ReadonlyMap<string, RevokedEntry>;
}

export interface RevokedEntry {
  readonly date: Date;
  /** `keyCompromise`; null where the authority gives none. */
  readonly reason: string | null;
}

/** @throws {DerError} */
export function readRevocationList(der: Uint8Array): RevocationListFields {
  const [signed] = readList(readDer(der));
  const parts = readList(signed);
  if (parts[0]?.tag === tags.integer) parts.shift();
  const [algorithm, issuer, thisUpdate, ...rest] = parts;
  if (!algorithm || !issuer) throw new DerError("a revocation list with parts missing");
  const nextUpdate = rest[0] && isTime(rest[0]) ? rest.shift() : undefined;
  const revoked = rest.find(({ tag }) => tag === tags.sequence);
  return {
    issuer: readName(issuer),
    thisUpdate: readTime(thisUpdate),
    nextUpdate: nextUpdate ? readTime(nextUpdate) : null,
    entries: new Map((revoked ? readList(revoked) : []).map(readEntry)),
  };
}

function isTime({ tag }: DerNode): boolean {
  return tag === tags.utcTime || tag === tags.generalizedTime;
}

const reasonCode = "2.5.29.21";

function readEntry(node: DerNode): [serialNumber: string, entry: RevokedEntry] {
  const [serial, date, extensions] = readList(node);
  if (!serial) throw new DerError("an entry without a serial number");
  const reason = extensions && readExtensions(extensions).get(reasonCode);
  return [serialText(serial), { date: readTime(date), reason: reason ? reasonName(readDer(reason)) : null }];
}

/** Upper-case hex pairs joined by colons, as OpenSSL prints a serial number: without the octet that only keeps it positive. */
export function serialText({ body }: DerNode): string {
  return hexPairs(body.length > 1 && body[0] === 0 ? body.subarray(1) : body);
}

/** RFC 5280 §5.3.1. */
const reasonNames = [
  null,
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  null,
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
] as const;

/** `key compromise` for `keyCompromise`. */
export function reasonWords(reason: string): string {
  return reason.replace(/[A-Z]+/g, (capitals) => ` ${capitals.toLowerCase()}`).trim();
}

/** @param node a CRLReason */
export function reasonName({ body }: DerNode): string | null {
  return reasonNames[body[0] ?? 0] ?? null;
}
