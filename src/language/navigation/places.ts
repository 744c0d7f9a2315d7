import type { Location } from "vscode-languageserver-types";
import type { TextRange } from "../../common/range.ts";
import type { Span } from "../../syntax/index.ts";
import type { LanguageDocument } from "../document.ts";
import { toRange } from "../lsp-range.ts";

export function locationIn(document: LanguageDocument, range: TextRange): Location {
  return { uri: document.uri, range: toRange(document, range) };
}

const startOfFile = { line: 0, character: 0 };

/** A file as a whole. */
export function locationOf(uri: string): Location {
  return { uri, range: { start: startOfFile, end: startOfFile } };
}

/** Both ends count, as a cursor may stand behind a word. */
export function holds({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** A part of a span by offsets in its text. Not for spans of a cURL command. */
export function partOf({ text, range }: Span, start: number, end: number): Span {
  return { text: text.slice(start, end), range: { start: range.start + start, end: range.start + end } };
}
