import type { TextEdit } from "vscode-languageserver-types";
import type { LanguageDocument } from "../document.ts";
import { applyChanges, toTextEdits } from "../text-changes.ts";
import { meaningOf } from "./meaning.ts";
import { proposeChanges } from "./propose.ts";

/**
 * Lays out a file by edits as small as can be: blank lines around separators, blanks in annotations, request lines and
 * headers, known methods in upper case. A layout that would say anything else than the file does is not offered: the
 * text with the changes is read again and compared.
 */
export function format(document: LanguageDocument): TextEdit[] {
  const changes = proposeChanges(document);
  if (changes.length === 0) return [];
  const before = meaningOf(document.text);
  const after = meaningOf(applyChanges(document.text, changes));
  if (after.said !== before.said || after.problems > before.problems) return [];
  return toTextEdits(document, changes);
}
