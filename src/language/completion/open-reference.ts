import type { TextRange } from "../../common/range.ts";
import type { Place } from "../place.ts";

/** The cursor is between `{{` and `}}`, or behind a `{{` that is not closed yet. */
export interface ReferenceContext {
  readonly kind: "reference";
  /** Behind the braces and blanks, up to the cursor. */
  readonly written: string;
  /** Where `written` starts. */
  readonly start: number;
  /** The end of the word under the cursor. */
  readonly end: number;
  /** What closes the reference: "" when it is closed already. */
  readonly closing: string;
}

/** Undefined where no reference is open: three braces in a row open none, as the parser reads them. */
export function openReference({ before, after, offset, zone }: Place): ReferenceContext | undefined {
  const open = before.lastIndexOf("{{");
  if (open < 0 || before[open - 1] === "{" || before.indexOf("}}", open) >= 0) return undefined;
  if (open + 2 === before.length && after.startsWith("{")) return undefined;
  const written = before.slice(open + 2).trimStart();
  const word = /^[\w$%.-]*/.exec(after)?.[0] ?? "";
  const end = offset + word.length;
  return { kind: "reference", written, start: offset - written.length, end, closing: closingOf(after, word, zone) };
}

/** Only what can stand in a reference may stand before its `}}`: in JSON two braces often close two objects. */
function closingOf(after: string, word: string, zone: Place["zone"]): string {
  if (/^[^{}",:]*\}\}/.test(after)) return "";
  // Elsewhere a single brace is half of what closes the reference; in a body it belongs to the text.
  return zone !== "body" && after.startsWith("}", word.length) ? "}" : "}}";
}

/** The text to replace when a completion takes the place of all that was written from `from` on. */
export function replaced(context: ReferenceContext, from = 0): TextRange {
  return { start: context.start + from, end: context.end };
}
