import { mask } from "../protocol/masking/mask.ts";

/** A stretch of text as it may be shown. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  /** A character that could hide or reorder what stands around it; `text` is its escape. */
  | { readonly kind: "escape"; readonly text: string; readonly name: string }
  /** Where a secret stood: `{{$env.NAME}}`. */
  | { readonly kind: "secret"; readonly text: string }
  /** In the place of a credential. */
  | { readonly kind: "mask"; readonly text: string };

/**
 * Control characters but tab, soft hyphen, the bidirectional formatting characters (UAX #9), zero-width and other
 * invisible characters, line and paragraph separators, interlinear marks, tag characters and lone surrogates.
 * The zero-width joiners stay: emoji and several scripts need them.
 */
const unsafe =
  "[\\0-\\x08\\n-\\x1f\\x7f-\\x9f\\xad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}\\ud800-\\udfff]";
const secret = "\\{\\{\\$(?:env|processEnv|dotenv|secret)[ .][^{}\\s]{1,200}\\}\\}";
const special = new RegExp(`(${secret})|(${mask})|${unsafe}`, "gu");

const names: Readonly<Record<number, string>> = {
  0: "null",
  7: "bell",
  8: "backspace",
  10: "line feed",
  13: "carriage return",
  27: "escape",
  127: "delete",
  8203: "zero width space",
  8206: "left-to-right mark",
  8207: "right-to-left mark",
  8234: "left-to-right embedding",
  8235: "right-to-left embedding",
  8236: "pop directional formatting",
  8237: "left-to-right override",
  8238: "right-to-left override",
  8294: "left-to-right isolate",
  8295: "right-to-left isolate",
  8296: "first strong isolate",
  8297: "pop directional isolate",
  65279: "byte order mark",
};

/** Splits untrusted text so that nothing in it can hide, reorder or pass for our own words. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(special)) {
    if (match.index > from) found.push({ kind: "text", text: text.slice(from, match.index) });
    const [whole, reference, masked] = match;
    if (reference !== undefined) found.push({ kind: "secret", text: whole });
    else found.push(masked === undefined ? escaped(whole) : { kind: "mask", text: whole });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ kind: "text", text: text.slice(from) });
  return found;
}

/** The same as one plain string: for attributes, titles and the code frame. */
export function visible(text: string): string {
  return pieces(text)
    .map((piece) => piece.text)
    .join("");
}

function escaped(character: string): Piece {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase().padStart(4, "0");
  const name = names[code];
  return {
    kind: "escape",
    text: code > 0xffff ? `\\u{${hex}}` : `\\u${hex}`,
    name: name ? `U+${hex}, ${name}` : `U+${hex}`,
  };
}
