import {
  CodeAction,
  CodeActionKind,
  Diagnostic,
  DiagnosticRelatedInformation,
  type DiagnosticSeverity,
  type DiagnosticTag,
  Uri,
} from "vscode";
import type * as lsp from "vscode-languageserver-types";
import { category } from "../manifest.ts";
import { editorCommand, editorWorkspaceEdit } from "./edits.ts";
import { editorLocation, editorRange } from "./places.ts";

export function editorDiagnostic(diagnostic: lsp.Diagnostic): Diagnostic {
  const { range, message, severity = 1, code, codeDescription, tags, relatedInformation } = diagnostic;
  // The protocol counts severities from 1, VS Code from 0.
  const made = new Diagnostic(editorRange(range), plainText(message), (severity - 1) as DiagnosticSeverity);
  made.source = category;
  if (code !== undefined) made.code = codeDescription ? { value: code, target: Uri.parse(codeDescription.href) } : code;
  if (tags) made.tags = tags as DiagnosticTag[];
  if (relatedInformation) {
    made.relatedInformation = relatedInformation.map(
      ({ location, message: text }) => new DiagnosticRelatedInformation(editorLocation(location), text),
    );
  }
  return made;
}

/** `shown`: the diagnostics as the editor handed them in, to tell it which of them the action corrects. */
export function editorCodeAction(action: lsp.CodeAction, shown: readonly Diagnostic[]): CodeAction {
  const { title, kind, edit, command, isPreferred, disabled, diagnostics } = action;
  const made = new CodeAction(title, kind === undefined ? undefined : CodeActionKind.Empty.append(kind));
  if (edit) made.edit = editorWorkspaceEdit(edit);
  if (command) made.command = editorCommand(command);
  if (isPreferred !== undefined) made.isPreferred = isPreferred;
  if (disabled) made.disabled = disabled;
  if (diagnostics) made.diagnostics = shown.filter((one) => diagnostics.some((other) => isSameDiagnostic(one, other)));
  return made;
}

/** A diagnostic comes back from the editor as another object. */
export function isSameDiagnostic(shown: Diagnostic, own: lsp.Diagnostic): boolean {
  const code = typeof shown.code === "object" ? shown.code.value : shown.code;
  return code === own.code && shown.range.isEqual(editorRange(own.range));
}

function plainText(message: lsp.Diagnostic["message"]): string {
  return typeof message === "string" ? message : message.value;
}
