import { type Command, SnippetString, SnippetTextEdit, TextEdit, Uri, WorkspaceEdit } from "vscode";
import type * as lsp from "vscode-languageserver-types";
import { editorRange } from "./places.ts";

type AnyEdit = lsp.TextEdit | lsp.AnnotatedTextEdit | lsp.SnippetTextEdit;

export function editorTextEdit({ range, newText }: lsp.TextEdit): TextEdit {
  return new TextEdit(editorRange(range), newText);
}

export function editorCommand({ title, command, arguments: args = [] }: lsp.Command): Command {
  return { title, command, arguments: args };
}

/** Text edits of any number of files, in either form that the protocol has for them. Files are never made or removed. */
export function editorWorkspaceEdit({ changes = {}, documentChanges }: lsp.WorkspaceEdit): WorkspaceEdit {
  const made = new WorkspaceEdit();
  const add = (uri: string, edits: readonly AnyEdit[]) => made.set(Uri.parse(uri), edits.map(anyEdit));
  if (!documentChanges) {
    for (const [uri, edits] of Object.entries(changes)) add(uri, edits);
    return made;
  }
  for (const change of documentChanges) {
    if ("edits" in change) add(change.textDocument.uri, change.edits);
  }
  return made;
}

function anyEdit(edit: AnyEdit): TextEdit | SnippetTextEdit {
  if ("newText" in edit) return editorTextEdit(edit);
  return new SnippetTextEdit(editorRange(edit.range), new SnippetString(edit.snippet.value));
}
