import { htmlEntities, longestEntityName } from "./html-entities.ts";

/**
 * Reads one escape of URLs (RFC 3986 §2.1), JSON and JavaScript (RFC 8259 §7), or markup. Libraries differ in what they
 * escape (`\u002B`, `&#43;`, `%2b`), so every escape counts, in whatever mixture.
 *
 * @returns 0 if none begins at `at`; else what `sizeOf`, `isByte` and `codeOf` read
 */
export function readEscape(text: Uint8Array, at: number, end: number): number {
  switch (text[at]) {
    case percent:
      return readPercent(text, at, end);
    case backslash:
      return readBackslash(text, at, end);
    case ampersand:
      return readReference(text, at, end);
    default:
      return 0;
  }
}

/** Bytes of the escape. */
export const sizeOf = (read: number) => read >>> 22;
/** True for a byte, false for a code point. */
export const isByte = (read: number) => (read & byteFlag) !== 0;
export const codeOf = (read: number) => read & 0x1fffff;

/** No escape has more bytes. */
export const longestEscape = 2 + longestEntityName;

const byteFlag = 1 << 21;
const [percent, backslash, ampersand, equals] = [0x25, 0x5c, 0x26, 0x3d];
const [semicolon, hash, lowerU, lowerX, openBrace, closeBrace] = [0x3b, 0x23, 0x75, 0x78, 0x7b, 0x7d];
const [lineFeed, carriageReturn, lowerN, lowerR] = [0x0a, 0x0d, 0x6e, 0x72];

/** What begins an escape. */
export const introducers: readonly number[] = [percent, backslash, ampersand];
/** What begins an escape of quoted-printable. */
export const quotedIntroducer = equals;

/** What stands behind a backslash (as character) and what it means (as code). */
const shortEscapes = new Uint8Array(128);
for (const [letter = "", code = 0] of [
  ["b", 8],
  ["t", 9],
  ["n", 10],
  ["v", 11],
  ["f", 12],
  ["r", 13],
  ...[..."\\/\"'`"].map((sign) => [sign, sign.charCodeAt(0)]),
] as const) {
  shortEscapes[String(letter).charCodeAt(0)] = Number(code);
}

const byteEscape = (size: number, byte: number) => (size << 22) | byteFlag | byte;
/** What is no character is read as U+FFFD. */
const codeEscape = (size: number, code: number) => (size << 22) | (isScalar(code) ? code : 0xfffd);
const isScalar = (code: number) => code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);

function readPercent(text: Uint8Array, at: number, end: number): number {
  if (text[at + 1] === lowerU) {
    const unit = hex(text, at + 2, 4, end);
    return unit < 0 ? 0 : codeEscape(6, unit);
  }
  const byte = hex(text, at + 1, 2, end);
  return byte < 0 ? 0 : byteEscape(3, byte);
}

const quotedControls: readonly number[] = [0x09, 0x0a, 0x0d];

/**
 * `=XX` of quoted-printable (RFC 2045 §6.7): in upper case, and never for a letter or digit, since `id=42` and
 * `key=ab…` are far more often no escape.
 */
export function readQuotedPrintable(text: Uint8Array, at: number, end: number): number {
  if (text[at] !== equals || isLowerCase(text[at + 1] ?? 0) || isLowerCase(text[at + 2] ?? 0)) return 0;
  const byte = hex(text, at + 1, 2, end);
  return (byte < 0x20 && !quotedControls.includes(byte)) || isLetterOrDigit(byte) ? 0 : byteEscape(3, byte);
}

function readBackslash(text: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end) return 0;
  const kind = text[at + 1] ?? 0;
  if (kind === lowerU) return readUnicode(text, at, end);
  if (kind === lowerX) {
    const byte = hex(text, at + 2, 2, end);
    return byte < 0 ? 0 : byteEscape(4, byte);
  }
  const short = shortEscapes[kind] ?? 0;
  return short === 0 ? 0 : codeEscape(2, short);
}

function readUnicode(text: Uint8Array, at: number, end: number): number {
  if (text[at + 2] === openBrace) {
    const { value, next } = digits(text, at + 3, end, 16);
    return value < 0 || text[next] !== closeBrace || next >= end ? 0 : codeEscape(next + 1 - at, value);
  }
  const unit = hex(text, at + 2, 4, end);
  if (unit < 0) return 0;
  const isPair = unit < 0xdc00 && text[at + 6] === backslash && text[at + 7] === lowerU;
  const low = isPair ? hex(text, at + 8, 4, end) : -1;
  if (low < 0xdc00 || low > 0xdfff) return codeEscape(6, unit);
  return codeEscape(12, 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
}

function readReference(text: Uint8Array, at: number, end: number): number {
  if (text[at + 1] === hash) {
    const isHex = ((text[at + 2] ?? 0) | 0x20) === lowerX;
    const { value, next } = digits(text, at + (isHex ? 3 : 2), end, isHex ? 16 : 10);
    return value < 0 || text[next] !== semicolon || next >= end ? 0 : codeEscape(next + 1 - at, value);
  }
  const last = Math.min(end, at + 2 + longestEntityName);
  let next = at + 1;
  while (next < last && isLetterOrDigit(text[next] ?? 0)) next++;
  if (next >= last || text[next] !== semicolon) return 0;
  const code = htmlEntities.get(String.fromCharCode(...text.subarray(at + 1, next)));
  return code === undefined ? 0 : codeEscape(next + 1 - at, code);
}

/** Is there a soft line break of quoted-printable? That of a JSON text that holds the message is an escape itself. */
export function isSoftBreak(text: Uint8Array, at: number, end: number): boolean {
  const sign = text[at + 1];
  if (text[at] !== equals || at + 1 >= end) return false;
  if (sign === lineFeed || sign === carriageReturn) return true;
  return sign === backslash && at + 2 < end && (text[at + 2] === lowerN || text[at + 2] === lowerR);
}

/** A soft line break whose line break was left out: nothing but a line break. */
export const softBreak = (1 << 22) | lineFeed;

/** @returns -1 unless `count` hex digits stand there */
function hex(text: Uint8Array, at: number, count: number, end: number): number {
  if (at + count > end) return -1;
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const digit = hexValue(text[index] ?? 0);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** At most eight digits. `value` is -1 if there are none. */
function digits(text: Uint8Array, at: number, end: number, base: 10 | 16) {
  let value = -1;
  let next = at;
  for (; next < Math.min(end, at + 8); next++) {
    const digit = hexValue(text[next] ?? 0);
    if (digit < 0 || digit >= base) break;
    value = Math.max(value, 0) * base + digit;
  }
  return { value, next };
}

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function isLowerCase(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

function isLetterOrDigit(byte: number): boolean {
  const lower = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (lower >= 0x61 && lower <= 0x7a);
}
