import { DerError, type DerNode, expect, tags } from "./der.ts";

/** An object identifier's dotted form. @throws {DerError} */
export function readOid(node: DerNode | undefined): string {
  return oidOf(expect(node, tags.oid).body);
}

/** X.690 §8.19: base 128, and the first two numbers in one. */
export function oidOf(body: Uint8Array): string {
  const numbers: number[] = [];
  let value = 0;
  for (const octet of body) {
    value = value * 128 + (octet & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER) throw new DerError("an identifier with a number that is too large");
    if (octet >= 0x80) continue;
    numbers.push(value);
    value = 0;
  }
  const [first, ...rest] = numbers;
  if (first === undefined || (body.at(-1) ?? 0) >= 0x80) throw new DerError("an identifier that is cut off");
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...rest].join(".");
}

/** Upper-case hexadecimal octets. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex").toUpperCase();
}

/** `8F:1C:5A`. */
export function hexPairs(bytes: Uint8Array): string {
  return (hexOf(bytes).match(/../g) ?? []).join(":");
}

/** A whole number that is small by its nature: a version, a length of a path. @throws {DerError} */
export function readSmallInteger(node: DerNode | undefined): number {
  const { body } = expect(node, tags.integer);
  if (body.length === 0 || body.length > 6 || (body[0] ?? 0) >= 0x80) throw new DerError("a number out of range");
  return body.reduce((sum, octet) => sum * 256 + octet, 0);
}

export function readBoolean(node: DerNode | undefined): boolean {
  return expect(node, tags.boolean).body[0] !== 0;
}

/** The numbers of the bits that are set, the first bit being 0. @throws {DerError} */
export function readBits(node: DerNode | undefined): number[] {
  const bytes = expect(node, tags.bitString).body.subarray(1, 5);
  return [...bytes].flatMap((octet, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => octet & (0x80 >> bit)).map((bit) => index * 8 + bit),
  );
}

/** The octets of a BIT STRING that holds whole ones, such as a key or a signature. @throws {DerError} */
export function readBitOctets(node: DerNode | undefined): Uint8Array {
  const { body } = expect(node, tags.bitString);
  if (body[0] !== 0) throw new DerError("a bit string that is not whole octets");
  return body.subarray(1);
}

/** UTCTime and GeneralizedTime as RFC 5280 §4.1.2.5 allows them: seconds, and UTC. @throws {DerError} */
export function readTime(node: DerNode | undefined): Date {
  const text = node ? latin1(node.body) : "";
  const isShort = node?.tag === tags.utcTime;
  if (!isShort && node?.tag !== tags.generalizedTime) throw new DerError("no time");
  // Two-digit years are those of 1950 to 2049.
  const full = isShort ? `${text < "5" ? "20" : "19"}${text}` : text;
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(full);
  const time = new Date(
    match ? `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z` : Number.NaN,
  );
  if (Number.isNaN(time.getTime())) throw new DerError("a time that is none");
  return time;
}

/** The string types of X.680 §41 by identifier octet; undefined for what is no string. */
export function readText({ tag, body }: DerNode): string | undefined {
  switch (tag) {
    case 0x0c: // UTF8String
      return new TextDecoder().decode(body);
    case 0x12: // NumericString
    case 0x13: // PrintableString
    case 0x14: // TeletexString, in practice Latin-1
    case 0x16: // IA5String
    case 0x1a: // VisibleString
      return latin1(body);
    case 0x1c: // UniversalString
      return wideText(body, 4);
    case 0x1e: // BMPString
      return wideText(body, 2);
    default:
      return undefined;
  }
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function wideText(body: Uint8Array, width: 2 | 4): string {
  const points: number[] = [];
  for (let offset = 0; offset + width <= body.length; offset += width) {
    const point = body.subarray(offset, offset + width).reduce((sum, octet) => sum * 256 + octet, 0);
    points.push(point > 0x10ffff ? 0xfffd : point);
  }
  return points.map((point) => String.fromCodePoint(point)).join("");
}
