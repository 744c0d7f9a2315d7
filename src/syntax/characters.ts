/** Character codes that the parser looks at one by one; regular expressions stay off long lines. */
export const code = {
  tab: 9,
  lineFeed: 10,
  carriageReturn: 13,
  space: 32,
  quote: 34,
  hash: 35,
  dollar: 36,
  ampersand: 38,
  apostrophe: 39,
  closeParenthesis: 41,
  minus: 45,
  slash: 47,
  colon: 58,
  less: 60,
  equals: 61,
  greater: 62,
  question: 63,
  at: 64,
  openBracket: 91,
  backslash: 92,
  caret: 94,
  openBrace: 123,
  closeBrace: 125,
  byteOrderMark: 0xfeff,
} as const;

/** Blanks are what RFC 9110 section 5.6.3 calls OWS: space and tab. */
export function isBlank(char: number): boolean {
  return char === code.space || char === code.tab;
}

export function isLineEnd(char: number): boolean {
  return char === code.lineFeed || char === code.carriageReturn;
}

/** A letter without marks, a digit or `_`. */
export function isWordChar(char: number): boolean {
  const lower = char | 32;
  return (lower >= 97 && lower <= 122) || (char >= 48 && char <= 57) || char === 95;
}

/** For each ASCII code whether it is a `tchar` of RFC 9110 section 5.6.2. */
const tokenChars = new Uint8Array(128);
for (const char of "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
  tokenChars[char.charCodeAt(0)] = 1;
}

function isTokenChar(char: number): boolean {
  return tokenChars[char] === 1;
}

export function isToken(text: string): boolean {
  return text !== "" && endOfToken(text, 0, text.length) === text.length;
}

/** Where the token that starts at `from` ends, at the latest at `to`. */
export function endOfToken(text: string, from: number, to: number): number {
  let end = from;
  while (end < to && isTokenChar(text.charCodeAt(end))) end++;
  return end;
}

/** Behind the blanks that start at `from`, at the latest `to`. */
export function endOfBlanks(text: string, from: number, to: number): number {
  let end = from;
  while (end < to && isBlank(text.charCodeAt(end))) end++;
  return end;
}

/** The offset of the first character that HTTP forbids in a target or field value (RFC 9110 section 5.5), or -1. */
export function findControlCharacter(text: string, from = 0, to = text.length): number {
  for (let i = from; i < to; i++) {
    const char = text.charCodeAt(i);
    if ((char < code.space && char !== code.tab) || char === 127) return i;
  }
  return -1;
}
