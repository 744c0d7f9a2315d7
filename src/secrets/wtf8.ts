import { isUtf8 } from "node:buffer";

/*
 * WTF-8 (https://wtf-8.codeberg.page) is UTF-8 that may hold lone surrogates too: whatever stands in UTF-16, or seems to,
 * can be written in it and back without a loss.
 */

/** @param units of UTF-16, little endian */
export function toWtf8(units: Buffer): Buffer {
  const text = units.toString("utf16le");
  if (text.isWellFormed()) return Buffer.from(text, "utf8");
  const bytes = Buffer.alloc(text.length * 3);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0;
    if (code > 0xffff) at++;
    length = put(bytes, length, code);
  }
  return bytes.subarray(0, length);
}

function put(bytes: Buffer, at: number, code: number): number {
  const following = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  bytes[at] = (firstBits[following] ?? 0) | (code >> (6 * following));
  for (let left = following - 1; left >= 0; left--) bytes[at + following - left] = 0x80 | ((code >> (6 * left)) & 0x3f);
  return at + following + 1;
}

const firstBits = [0, 0xc0, 0xe0, 0xf0];

/** @returns units of UTF-16, little endian */
export function fromWtf8(bytes: Buffer): Buffer {
  if (isUtf8(bytes)) return Buffer.from(bytes.toString("utf8"), "utf16le");
  const units = Buffer.alloc(bytes.length * 2);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const size = sizeOf(bytes[at] ?? 0);
    let code = (bytes[at] ?? 0) & (size === 1 ? 0x7f : 0xff >> (size + 1));
    for (let next = at + 1; next < at + size; next++) code = (code << 6) | ((bytes[next] ?? 0) & 0x3f);
    const isPair = code > 0xffff;
    length = units.writeUInt16LE(isPair ? 0xd7c0 + (code >> 10) : code, length);
    if (isPair) length = units.writeUInt16LE(0xdc00 | (code & 0x3ff), length);
    at += size;
  }
  return units.subarray(0, length);
}

/** How many of the bytes are whole characters: the last one may be cut off. */
export function wholeWtf8(bytes: Buffer): number {
  for (let at = bytes.length - 1; at >= Math.max(0, bytes.length - 3); at--) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0xc0) return at + sizeOf(byte) > bytes.length ? at : bytes.length;
    if (byte < 0x80) break;
  }
  return bytes.length;
}

function sizeOf(first: number): number {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}
