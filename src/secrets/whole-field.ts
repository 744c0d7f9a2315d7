/** No more bytes than this before and behind a match are looked at. */
export const fieldContext = 256;

const characters = (text: string) => new Set([...text].map((character) => character.charCodeAt(0)));
const quotes = characters("\"'`");
const blanks = characters(" \t");
const lineBreaks = characters("\r\n");
const backslash = 0x5c;

/** What may stand behind a field that begins after this sign; blanks, line breaks and an end count as `\n`. */
const endsAfter: ReadonlyMap<number, ReadonlySet<number>> = new Map(
  [
    ["=", "\n&;,|#/?<>)]}\"'`\\"],
    [":", "\n@"],
    [",", ",])"],
    ["[", ",]"],
    ["(", ",)"],
    [">", "<"],
    [";", "&;"],
    ["/", "\n/?#&;,:@<>)]}\"'`\\"],
  ].map(([sign = "", ends = ""]) => [sign.charCodeAt(0), characters(ends)]),
);
/** As above, where a colon and blanks stand before the field: a header, a JSON or YAML value. */
const endsAfterColon = characters("\n,;&}])<\"'`\\");
const endsAfterWord = characters("\n,;&)]}<>\"'`\\");

const credentialWord = /(?:^|[^a-z0-9])(?:bearer|basic|token|api-?key|password|passwd|pwd|secret|pin|otp)[ \t]+$/i;

/**
 * Is what lies between `start` and `end` a whole field: a whole line or text, something in quotes, the value of a JSON
 * member or array, of a header, query, form or cookie, the text of an XML element, a segment of a path, a part of
 * userinfo, or a word behind one such as `Bearer`? The ends of the bytes are those of the text.
 */
export function isWholeField(text: Uint8Array, start: number, end: number): boolean {
  const before = text[start - 1];
  const behind = start > 0 && before !== undefined && quotes.has(before) ? before : undefined;
  if (behind !== undefined) return text[text[end] === backslash ? end + 1 : end] === behind;
  let at = start - 1;
  while (at > start - 32 && blanks.has(text[at] ?? 0)) at--;
  const hasBlanks = at < start - 1;
  const next = endSign(text, end);
  if (at < 0 || lineBreaks.has(text[at] ?? 0)) return isLineEnd(text, end);
  const sign = text[at] ?? 0;
  if (hasBlanks && isAfterWord(text, start)) return endsAfterWord.has(next);
  if (sign === 0x3a && hasBlanks) return endsAfterColon.has(next) && (!isBlankAt(text, end) || isLineEnd(text, end));
  if (sign === 0x3a && endsAfterColon.has(next) && next !== lineFeed) return true;
  if (hasBlanks && (sign === 0x2f || sign === 0x3e)) return false;
  return endsAfter.get(sign)?.has(next) ?? false;
}

/**
 * Are the bytes the end of Basic credentials? Each alignment of `:` and the value ends them; a user name stands before
 * it in the same base64 data.
 */
export function endsBasicCredentials(text: Uint8Array, start: number, end: number): boolean {
  if (isBase64(text[end])) return false;
  let at = start - 1;
  while (at > start - 200 && isBase64(text[at])) at--;
  return blanks.has(text[at] ?? 0) && /basic[ \t]$/i.test(ascii(text, at - 5, at + 1));
}

const lineFeed = 0x0a;

function endSign(text: Uint8Array, end: number): number {
  const byte = text[end] ?? lineFeed;
  return blanks.has(byte) || lineBreaks.has(byte) ? lineFeed : byte;
}

function isBlankAt(text: Uint8Array, at: number): boolean {
  return blanks.has(text[at] ?? 0);
}

function isLineEnd(text: Uint8Array, end: number): boolean {
  let at = end;
  while (at < end + 32 && isBlankAt(text, at)) at++;
  return at >= text.length || lineBreaks.has(text[at] ?? 0);
}

function isAfterWord(text: Uint8Array, start: number): boolean {
  return credentialWord.test(ascii(text, start - 24, start));
}

function ascii(text: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...text.subarray(Math.max(0, from), Math.max(0, to)));
}

function isBase64(byte: number | undefined): boolean {
  return byte !== undefined && /[\w+/=-]/.test(String.fromCharCode(byte));
}
