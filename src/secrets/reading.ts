import { codeOf, introducers, isByte } from "./unescape.ts";

/**
 * Bytes of a text with their escapes undone and without blanks, line breaks and NULs. So a value is found whatever it
 * was escaped with, on folded lines, and in UTF-16.
 */
export interface Reading {
  readonly bytes: Uint8Array;
  readonly length: number;
  /** Its end is not that of the text: what follows may change what is read there. */
  readonly isCut: boolean;
  /** Where the bytes from `from` up to `to` came from. */
  trace(from: number, to: number): Trace;
  /**
   * The last place of the text, up to `place`, where reading could begin anew with the same result: not in an escape,
   * and not in what is left out.
   */
  boundaryAt(place: number): number;
}

/** Of each byte of a part of a reading. */
export interface Trace {
  /** Where in the text it begins and ends; an escape that is read as several bytes is the same for all of them. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The bits (`gap`) of what was left out before it. */
  readonly gaps: Uint8Array;
}

/** What was left out before a byte; bits. */
export const gap = { none: 0, blank: 1, lineBreak: 2, nul: 4, tooLong: 8 } as const;

/** More blanks and line breaks in a row, in bytes, are no folded line: nothing is looked for across them. */
export const longestGap = 256;

/** Ends what was read without a break; no needle of a reading has it. */
export const hole = 0;

/** What a byte is to a reading: 0 for itself, -1 for what may begin an escape, else the gap that it leaves. */
export const kinds = new Int8Array(256);
for (const byte of introducers) kinds[byte] = -1;
kinds[0x20] = kinds[0x09] = gap.blank;
kinds[0x0a] = kinds[0x0d] = gap.lineBreak;
kinds[0x00] = gap.nul;

/** The gap that the escape leaves; 0 for one that is read as a character. */
export function gapOf(decoded: number): number {
  const code = codeOf(decoded);
  return code < 0x80 ? Math.max(0, kinds[code] ?? 0) : gap.none;
}

/** Is it read as a sign that may begin another escape? */
export function isSign(decoded: number): boolean {
  const code = codeOf(decoded);
  return code < 0x80 && kinds[code] === -1;
}

/** Puts what the escape is read as into the bytes. @returns the place behind it */
export function putEscape(bytes: Uint8Array, at: number, decoded: number): number {
  const code = codeOf(decoded);
  let end = at;
  if (code < 0x80 || isByte(decoded)) {
    bytes[end++] = code;
    return end;
  }
  if (code < 0x800) {
    bytes[end++] = 0xc0 | (code >> 6);
  } else {
    if (code < 0x10000) {
      bytes[end++] = 0xe0 | (code >> 12);
    } else {
      bytes[end++] = 0xf0 | (code >> 18);
      bytes[end++] = 0x80 | ((code >> 12) & 0x3f);
    }
    bytes[end++] = 0x80 | ((code >> 6) & 0x3f);
  }
  bytes[end++] = 0x80 | (code & 0x3f);
  return end;
}

/** No escape is read as more bytes. */
export const mostBytesOfEscape = 4;
