import {
  type CompletionItem,
  CompletionItemKind,
  type InsertReplaceEdit,
  InsertTextFormat,
  MarkupKind,
  type TextEdit,
} from "vscode-languageserver-types";
import type { TextRange } from "../../common/range.ts";
import type { LanguageDocument } from "../document.ts";
import { toRange } from "../lsp-range.ts";

export interface ItemInit {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** The text to replace, on one line. */
  readonly range: TextRange;
  /** What takes its place; the label unless given. */
  readonly text?: string;
  /** Stands behind the cursor after the text was put in. */
  readonly behind?: string;
  /** Plain text beside the label. */
  readonly detail?: string | undefined;
  /** Markdown. */
  readonly documentation?: string | undefined;
  /** Items are sorted by it, then by their label. */
  readonly rank: number;
  /** The text that what was typed is compared with: the label unless given. */
  readonly filter?: string;
  /** Asks for completions again once the text was put in. */
  readonly goesOn?: boolean;
}

/** A completion item that replaces a range; with `behind` it is a snippet that leaves the cursor before that. */
export function item(document: LanguageDocument, init: ItemInit): CompletionItem {
  const { label, kind, range, behind = "", detail, documentation, rank, filter, goesOn } = init;
  const text = init.text ?? label;
  const newText = behind === "" ? text : `${asSnippet(text)}$0${asSnippet(behind)}`;
  const textEdit: TextEdit | InsertReplaceEdit = { range: toRange(document, range), newText };
  return {
    label,
    kind,
    sortText: `${String(rank).padStart(3, "0")} ${label}`,
    filterText: filter ?? label,
    textEdit,
    ...(behind === "" ? {} : { insertTextFormat: InsertTextFormat.Snippet }),
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    ...(goesOn ? { command: { title: "Suggest", command: "editor.action.triggerSuggest" } } : {}),
  };
}

/** In a snippet `$`, `}` and `\` have a meaning of their own. */
function asSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

export { CompletionItemKind as Kind };
