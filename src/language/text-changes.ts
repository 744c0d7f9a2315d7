import type { TextEdit } from "vscode-languageserver-types";
import type { LanguageDocument } from "./document.ts";
import { toRange } from "./lsp-range.ts";

/** Puts `text` in the place of what stands between two offsets. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** For changes in order and apart. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, text: inserted } of changes) {
    parts.push(text.slice(from, start), inserted);
    from = end;
  }
  return parts.join("") + text.slice(from);
}

export function toTextEdits(document: LanguageDocument, changes: readonly TextChange[]): TextEdit[] {
  return changes.map(({ start, end, text }) => ({ range: toRange(document, { start, end }), newText: text }));
}
