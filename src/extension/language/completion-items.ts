import {
  CompletionItem,
  type CompletionItemLabel,
  CompletionList,
  type Range,
  SnippetString,
  type CompletionItemTag as Tag,
} from "vscode";
import type * as lsp from "vscode-languageserver-types";
import { editorCommand, editorTextEdit } from "./edits.ts";
import { editorDocumentation } from "./markdown.ts";
import { editorRange } from "./places.ts";

/* The protocol's numbers; importing them would bring all of its library along. */
const snippetFormat: typeof lsp.InsertTextFormat.Snippet = 2;
const asIsMode: typeof lsp.InsertTextMode.asIs = 1;

type EditorRange = Range | { readonly inserting: Range; readonly replacing: Range };
type Defaults = NonNullable<lsp.CompletionList["itemDefaults"]>;

export function editorCompletions({ items, isIncomplete, itemDefaults = {} }: lsp.CompletionList): CompletionList {
  return new CompletionList(
    items.map((item) => editorCompletion(item, itemDefaults)),
    isIncomplete,
  );
}

function editorCompletion(item: lsp.CompletionItem, defaults: Defaults): CompletionItem {
  // The protocol counts kinds from 1, VS Code from 0; names and order are the same.
  const made = new CompletionItem(editorLabel(item), item.kind === undefined ? undefined : item.kind - 1);
  const { tags, detail, documentation, preselect, sortText, filterText, command, commitCharacters } = item;
  if (tags) made.tags = tags as readonly Tag[];
  if (detail !== undefined) made.detail = detail;
  if (documentation !== undefined) made.documentation = editorDocumentation(documentation);
  if (preselect !== undefined) made.preselect = preselect;
  if (sortText !== undefined) made.sortText = sortText;
  if (filterText !== undefined) made.filterText = filterText;
  if (command) made.command = editorCommand(command);
  if (commitCharacters) made.commitCharacters = commitCharacters;
  if (item.additionalTextEdits) made.additionalTextEdits = item.additionalTextEdits.map(editorTextEdit);
  const isSnippet = (item.insertTextFormat ?? defaults.insertTextFormat) === snippetFormat;
  const text = item.textEdit?.newText ?? item.textEditText ?? item.insertText ?? item.label;
  made.insertText = isSnippet ? new SnippetString(text) : text;
  const range = editRange(item.textEdit) ?? defaultRange(defaults.editRange);
  if (range) made.range = range;
  if ((item.insertTextMode ?? defaults.insertTextMode) === asIsMode) made.keepWhitespace = true;
  return made;
}

function editorLabel({ label, labelDetails }: lsp.CompletionItem): CompletionItemLabel | string {
  return labelDetails ? { label, ...labelDetails } : label;
}

function editRange(edit: lsp.CompletionItem["textEdit"]): EditorRange | undefined {
  if (!edit) return undefined;
  return "range" in edit
    ? editorRange(edit.range)
    : { inserting: editorRange(edit.insert), replacing: editorRange(edit.replace) };
}

function defaultRange(range: Defaults["editRange"]): EditorRange | undefined {
  if (!range) return undefined;
  return "insert" in range
    ? { inserting: editorRange(range.insert), replacing: editorRange(range.replace) }
    : editorRange(range);
}
