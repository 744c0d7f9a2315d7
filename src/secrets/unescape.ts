/** Numbered escapes of JSON and JavaScript, of markup, of URLs, and JSON's short ones. */
const escapes = /\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#(\d{1,7});|%([0-9a-f]{2})|\\([\\/"'])/gi;

/** A text without its escapes, and where each of its UTF-16 code units came from; one offset more for the end. */
export interface Unescaped {
  readonly out: string;
  readonly offsets: Uint32Array;
}

/**
 * Libraries differ in what they escape (`\u002B`, `&#43;`, `&#x3D;`), so a secret is also looked for in the text with
 * every escape undone, in whatever mixture. @returns undefined for a text without escapes.
 */
export function unescapeAll(text: string): Unescaped | undefined {
  const parts: string[] = [];
  const offsets = new Uint32Array(text.length + 1);
  let from = 0;
  let length = 0;
  const copy = (end: number) => {
    for (let at = from; at < end; at++) offsets[length++] = at;
    parts.push(text.slice(from, end));
  };
  for (const match of text.matchAll(escapes)) {
    const [whole, unit, byte, hex, decimal, percent, short] = match;
    const code = decimal === undefined ? Number.parseInt(unit ?? byte ?? hex ?? percent ?? "", 16) : Number(decimal);
    if (short === undefined && !(code <= 0x10ffff)) continue;
    copy(match.index);
    const character = short ?? String.fromCodePoint(code);
    // Both halves of a surrogate pair come from the one escape.
    for (let half = 0; half < character.length; half++) offsets[length++] = match.index;
    parts.push(character);
    from = match.index + whole.length;
  }
  if (from === 0) return undefined;
  copy(text.length);
  offsets[length] = text.length;
  return { out: parts.join(""), offsets };
}
