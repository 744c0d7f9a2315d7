import { encodedForms } from "./encoded-forms.ts";
import { mostBytesOfEscape, putEscape } from "./reading.ts";
import { introducers, readEscape, sizeOf } from "./unescape.ts";
import { isWeak } from "./weak-value.ts";

/** Where a needle counts. */
export type Place =
  /** Wherever it stands. */
  | "anywhere"
  | "whole-field"
  /** At the end of Basic credentials. */
  | "basic-end"
  /** It protects what lies within it. */
  | "reference";

export interface Needle {
  /** What is looked for, one character for each byte (Latin-1). */
  readonly bytes: string;
  /** False for bytes that no reading has, since it leaves out blanks, line breaks and NULs. */
  readonly inReadings: boolean;
  /** False for what only a reading can have. */
  readonly inText: boolean;
  /** Of encoded data: what is left out of a reading there means nothing. */
  readonly isData: boolean;
  /** Before which of its bytes a blank or a line break was left out of it, as a reading does. */
  readonly gaps: ReadonlySet<number>;
  readonly place: Place;
}

/** All that is looked for because of a value; empty for a value without a character to look for. */
export function needlesOf(value: string): readonly Needle[] {
  const place = isWeak(value) ? "whole-field" : "anywhere";
  const forms = encodedForms(value).filter(
    ({ bytes, isData }) => place === "anywhere" || !isData || isWholeData(bytes, value),
  );
  const asWritten = forms.flatMap(({ bytes, isData }) => needlesOfForm(bytes, isData, place));
  const texts = forms.filter(({ isData }) => !isData);
  const asRead = texts.flatMap(({ bytes }) =>
    partlyUnescaped(bytes).flatMap((text) => needlesOfForm(text, false, place)),
  );
  const needles = [...asWritten, ...asRead.map((needle) => ({ ...needle, inText: false, inReadings: true }))];
  return place === "anywhere" ? needles : [...needles, ...basicEnds(value)];
}

/**
 * A value with something like an escape in it, as readings have it: an encoder escapes the signs of its own escapes and
 * leaves those of others, which are then undone with its own.
 */
function partlyUnescaped(bytes: string): string[] {
  const text = Buffer.from(bytes, "latin1");
  const signs = introducers.filter((sign) => text.includes(sign));
  const results = new Set<string>();
  for (let choice = 1; choice < 1 << signs.length; choice++) {
    const chosen = signs.filter((_, index) => (choice & (1 << index)) !== 0);
    results.add(unescaped(text, chosen));
  }
  results.delete(bytes);
  return [...results];
}

function unescaped(text: Uint8Array, signs: readonly number[]): string {
  const result = new Uint8Array(text.length + mostBytesOfEscape);
  let length = 0;
  for (let at = 0; at < text.length; ) {
    const sign = text[at] ?? 0;
    const decoded = signs.includes(sign) ? readEscape(text, at, text.length) : 0;
    if (decoded === 0) result[length++] = sign;
    else length = putEscape(result, length, decoded);
    at += Math.max(1, sizeOf(decoded));
  }
  return Buffer.from(result.subarray(0, length)).toString("latin1");
}

/** What stands for a value: it is looked for as it is, where something was found in it. */
export function referenceNeedle(text: string): Needle {
  const bytes = Buffer.from(text, "utf8").toString("latin1");
  return { bytes, inReadings: false, inText: true, isData: false, gaps: none, place: "reference" };
}

const none: ReadonlySet<number> = new Set();
const leftOut = /[\0\t\n\r ]/;
const allLeftOut = /[\0\t\n\r ]+/g;

function needlesOfForm(bytes: string, isData: boolean, place: Place): Needle[] {
  const base = { isData, place };
  if (!leftOut.test(bytes)) return [{ ...base, bytes, inReadings: true, inText: true, gaps: none }];
  const asIs = { ...base, bytes, inReadings: false, inText: true, gaps: none };
  const gaps = new Set<number>();
  let length = 0;
  let from = 0;
  for (const match of bytes.matchAll(allLeftOut)) {
    length += match.index - from;
    from = match.index + match[0].length;
    if (/[^\0]/.test(match[0])) gaps.add(length);
  }
  const read = { ...base, bytes: bytes.replace(allLeftOut, ""), inReadings: true, inText: false, gaps };
  if (read.bytes === "") return [asIs];
  return bytes.includes("\0") ? [read] : [asIs, read];
}

/** Of the data forms of a weak value, those that are the whole of the data. */
function isWholeData(bytes: string, value: string): boolean {
  const utf8 = Buffer.from(value, "utf8");
  const base64 = [utf8.toString("base64"), utf8.toString("base64url"), utf8.toString("base64").replace(/=+$/, "")];
  return base64.includes(bytes) || bytes.toLowerCase() === utf8.toString("hex");
}

/** `user:value` in base64, without the user name. */
function basicEnds(value: string): Needle[] {
  const bytes = Buffer.from(`:${value}`, "utf8");
  return [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    const text = padded.slice(Math.ceil((offset * 8) / 6));
    return { bytes: text, inReadings: false, inText: true, isData: true, gaps: none, place: "basic-end" };
  });
}
