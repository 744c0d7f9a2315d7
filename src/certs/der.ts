/* ASN.1 in the distinguished encoding (X.690): as much of it as certificates' extensions and PKCS#12 files need. */

/** A value with its tag; lengths up to 16 MB. */
export function der(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  const size = Buffer.of(length >> 16, (length >> 8) & 0xff, length & 0xff);
  const significant = size.subarray(length > 0xffff ? 0 : length > 0xff ? 1 : 2);
  const head = length < 0x80 ? [length] : [0x80 | significant.length, ...significant];
  return Buffer.concat([Buffer.of(tag, ...head), content]);
}

export const sequence = (...items: readonly Uint8Array[]): Buffer => der(0x30, Buffer.concat(items));
export const setOf = (...items: readonly Uint8Array[]): Buffer => der(0x31, Buffer.concat(items));
export const octets = (content: Uint8Array): Buffer => der(0x04, content);
/** A context-specific tag around a whole value. */
export const explicit = (number: number, content: Uint8Array): Buffer => der(0xa0 | number, content);
/** A context-specific tag in place of a primitive value's own. */
export const implicit = (number: number, content: Uint8Array): Buffer => der(0x80 | number, content);
export const nothing: Buffer = der(0x05, Buffer.alloc(0));

/** A whole number that is not negative, up to 2³¹ − 1. */
export function integer(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(value, 1);
  let from = 0;
  // The first bit is the sign: a zero byte stays before a number whose first bit is set.
  while (from < 4 && bytes[from] === 0 && (bytes[from + 1] ?? 0) < 0x80) from++;
  return der(0x02, bytes.subarray(from));
}

/** "1.2.840.113549.1.7.1" */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** Of UTF-16, as PKCS#12 writes names. */
export function bmpString(text: string): Buffer {
  return der(0x1e, Buffer.from(text, "utf16le").swap16());
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

export interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

/** The values that stand one after another; ends at the first byte that is none. Tags of one byte, as they all are here. */
export function elements(bytes: Uint8Array): Element[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Element[] = [];
  for (let at = 0; at + 2 <= buffer.length; ) {
    const first = buffer[at + 1] ?? 0;
    const digits = first < 0x80 ? 0 : first & 0x7f;
    if (digits > 3 || at + 2 + digits > buffer.length) break;
    const length = digits === 0 ? first : buffer.readUIntBE(at + 2, digits);
    const start = at + 2 + digits;
    if (start + length > buffer.length || first === 0x80) break;
    found.push({ tag: buffer[at] ?? 0, content: buffer.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}
