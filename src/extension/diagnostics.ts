import { Diagnostic, DiagnosticSeverity, type Disposable, languages, type TextDocument, workspace } from "vscode";
import { diagnostics } from "../language/index.ts";
import type { Severity } from "../syntax/nodes.ts";
import { type Documents, editorRange, isRequestDocument } from "./documents.ts";
import { category, languageId } from "./manifest.ts";

/** Milliseconds of quiet before a changed document is looked at again. */
const quiet = 150;

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Publishes the problems of every open request file: at once when it opens, after a pause when it changes. */
export function publishDiagnostics(documents: Documents): Disposable[] {
  const collection = languages.createDiagnosticCollection(languageId);
  const timers = new Map<TextDocument, NodeJS.Timeout>();

  const forget = (document: TextDocument) => {
    clearTimeout(timers.get(document));
    timers.delete(document);
  };
  const publish = (document: TextDocument) => {
    forget(document);
    if (isRequestDocument(document)) collection.set(document.uri, editorDiagnostics(documents, document));
  };
  const remove = (document: TextDocument) => {
    forget(document);
    collection.delete(document.uri);
  };

  for (const document of workspace.textDocuments) publish(document);
  return [
    collection,
    workspace.onDidOpenTextDocument(publish),
    workspace.onDidCloseTextDocument(remove),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || !isRequestDocument(document)) return;
      forget(document);
      timers.set(document, setTimeout(publish, quiet, document));
    }),
    { dispose: () => [...timers.keys()].forEach(forget) },
  ];
}

function editorDiagnostics(documents: Documents, document: TextDocument): Diagnostic[] {
  return diagnostics(documents.parse(document)).map(({ range, message, severity, code }) => {
    const diagnostic = new Diagnostic(editorRange(document, range), message, severities[severity]);
    diagnostic.source = category;
    diagnostic.code = code;
    return diagnostic;
  });
}
