/** Character codes that the parser looks at one by one; regular expressions stay off long lines. */
export const code = {
  tab: 9,
  lineFeed: 10,
  carriageReturn: 13,
  space: 32,
  exclamation: 33,
  hash: 35,
  ampersand: 38,
  slash: 47,
  colon: 58,
  less: 60,
  equals: 61,
  greater: 62,
  question: 63,
  at: 64,
  openBrace: 123,
  closeBrace: 125,
  byteOrderMark: 0xfeff,
} as const;

/** Blanks are what RFC 9110 section 5.6.3 calls OWS: space and tab. */
export function isBlank(char: number): boolean {
  return char === code.space || char === code.tab;
}

/** A `tchar` of RFC 9110 section 5.6.2, as ASCII codes. */
const tokenChars = new Set(Array.from("!#$%&'*+-.^_`|~0123456789", (char) => char.charCodeAt(0)));

export function isTokenChar(char: number): boolean {
  const lower = char | 32;
  return (lower >= 97 && lower <= 122) || tokenChars.has(char);
}

export function isToken(text: string): boolean {
  if (text === "") return false;
  for (let i = 0; i < text.length; i++) if (!isTokenChar(text.charCodeAt(i))) return false;
  return true;
}

/** The offset of the first character that HTTP forbids in a target or field value (RFC 9110 section 5.5), or -1. */
export function findControlCharacter(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if ((char < code.space && char !== code.tab) || char === 127) return i;
  }
  return -1;
}
