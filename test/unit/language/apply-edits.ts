import type { TextEdit } from "vscode-languageserver-types";
import type { LanguageDocument } from "../../../src/language/document.ts";

/** The text after edits that do not overlap; those of one place count in their order. */
export function applyEdits({ text, lines }: LanguageDocument, edits: readonly TextEdit[]): string {
  const sorted = edits
    .map(({ range, newText }) => ({ start: lines.offsetAt(range.start), end: lines.offsetAt(range.end), newText }))
    .sort((a, b) => a.start - b.start);
  let result = "";
  let at = 0;
  for (const { start, end, newText } of sorted) {
    if (start < at) throw new Error("the edits overlap");
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}
