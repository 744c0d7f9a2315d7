import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Range,
  type TextEdit,
} from "vscode-languageserver-types";
import { readDiagnosticData } from "../diagnostics.ts";
import type { LanguageDocument } from "../document.ts";
import { toRange } from "../lsp-range.ts";
import { blockAt } from "../place.ts";
import { rewriteAsRequest } from "./curl-to-request.ts";
import { extractBase } from "./extract-base.ts";
import type { FixPlace, OffsetEdit } from "./fix.ts";
import { fixesOf } from "./fixers.ts";
import { rewriteAsCurl } from "./request-to-curl.ts";

/**
 * Corrections of the given diagnostics, which are the service's own, and rewritings of the request at the range. The
 * edits fit the document as it is; a diagnostic of an older version has a correction only where its text still stands.
 */
export function codeActions(
  document: LanguageDocument,
  range: Range,
  diagnostics: readonly Diagnostic[],
): CodeAction[] {
  return [...diagnostics.flatMap((diagnostic) => quickFixes(document, diagnostic)), ...refactorings(document, range)];
}

function quickFixes(document: LanguageDocument, diagnostic: Diagnostic): CodeAction[] {
  return fixesOf(placeOf(document, diagnostic)).map(({ title, edits, command, isPreferred }) => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    ...(isPreferred ? { isPreferred } : {}),
    ...(edits ? { edit: { changes: { [document.uri]: textEdits(document, edits) } } } : {}),
    ...(command ? { command: { title, ...command } } : {}),
  }));
}

function placeOf(document: LanguageDocument, diagnostic: Diagnostic): FixPlace {
  const start = document.lines.offsetAt(diagnostic.range.start);
  const range = { start, end: Math.max(start, document.lines.offsetAt(diagnostic.range.end)) };
  return {
    document,
    diagnostic,
    data: readDiagnosticData(diagnostic.data),
    range,
    text: document.text.slice(range.start, range.end),
    block: blockAt(document.file, start),
  };
}

const rewritings = [
  { title: "Convert to a cURL command", kind: CodeActionKind.RefactorRewrite, rewrite: rewriteAsCurl },
  { title: "Convert to a request with headers", kind: CodeActionKind.RefactorRewrite, rewrite: rewriteAsRequest },
  { title: "Extract the host into a variable", kind: CodeActionKind.RefactorExtract, rewrite: extractBase },
];

function refactorings(document: LanguageDocument, { start }: Range): CodeAction[] {
  const offset = document.lines.offsetAt(start);
  const block = blockAt(document.file, offset);
  const request = block?.request;
  if (!block || !request || offset < request.range.start || offset > request.range.end) return [];
  return rewritings.flatMap(({ title, kind, rewrite }) => {
    const edits = rewrite(document, block, request);
    return edits ? { title, kind, edit: { changes: { [document.uri]: textEdits(document, edits) } } } : [];
  });
}

function textEdits(document: LanguageDocument, edits: readonly OffsetEdit[]): TextEdit[] {
  return edits.map(({ range, newText }) => ({ range: toRange(document, range), newText }));
}
