import { type DiagnosticCollection, type Disposable, languages, type TextDocument, workspace } from "vscode";
import type { Diagnostic } from "vscode-languageserver-types";
import { isRequestDocument } from "../documents.ts";
import { languageId } from "../manifest.ts";
import { editorDiagnostic } from "./diagnostic-items.ts";
import type { LanguageParts } from "./parts.ts";

/** Milliseconds of quiet before a changed document is looked at again. */
const quiet = 120;

/** Publishes the problems of every open request file: at once when it opens, after a pause when it changes. */
export class PublishedDiagnostics {
  readonly #parts: LanguageParts;
  readonly #collection: DiagnosticCollection = languages.createDiagnosticCollection(languageId);
  readonly #timers = new Map<TextDocument, NodeJS.Timeout>();
  #known = new WeakMap<TextDocument, { readonly version: number; readonly list: readonly Diagnostic[] }>();

  constructor(parts: LanguageParts) {
    this.#parts = parts;
  }

  register(): Disposable[] {
    this.refresh();
    return [
      this.#collection,
      workspace.onDidOpenTextDocument((document) => this.#publish(document)),
      workspace.onDidCloseTextDocument((document) => this.#remove(document)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && isLookedAt(document)) this.#schedule(document);
      }),
      { dispose: () => this.#stopTimers() },
    ];
  }

  /** Looks at every open file again: what the rules ask of their host has changed. */
  refresh(): void {
    this.#known = new WeakMap();
    for (const document of workspace.textDocuments) this.#publish(document);
  }

  /** The same for one file, by its URI. */
  refreshOne(uri: string): void {
    const document = workspace.textDocuments.find((open) => open.uri.toString() === uri);
    if (!document) return;
    this.#known.delete(document);
    this.#publish(document);
  }

  /** The diagnostics of the document as it stands now. */
  readonly of = (document: TextDocument): readonly Diagnostic[] => {
    const known = this.#known.get(document);
    if (known?.version === document.version) return known.list;
    const { service, documents } = this.#parts;
    const list = service.diagnostics(documents.language(document));
    this.#known.set(document, { version: document.version, list });
    return list;
  };

  #publish(document: TextDocument): void {
    this.#stopTimer(document);
    if (isRequestDocument(document)) this.#collection.set(document.uri, this.of(document).map(editorDiagnostic));
    else if (isPublicEnvironment(document)) {
      const found = this.#parts.environmentFile(document.getText(), document.uri.toString());
      this.#collection.set(document.uri, found.map(editorDiagnostic));
    }
  }

  #schedule(document: TextDocument): void {
    this.#stopTimer(document);
    this.#timers.set(
      document,
      setTimeout(() => this.#publish(document), quiet),
    );
  }

  #stopTimers(): void {
    for (const document of this.#timers.keys()) this.#stopTimer(document);
  }

  #remove(document: TextDocument): void {
    this.#stopTimer(document);
    this.#collection.delete(document.uri);
  }

  #stopTimer(document: TextDocument): void {
    clearTimeout(this.#timers.get(document));
    this.#timers.delete(document);
  }
}

function isLookedAt(document: TextDocument): boolean {
  return isRequestDocument(document) || isPublicEnvironment(document);
}

/** The file of environments that is meant to be shared; settings and other JSON are none of ours. */
function isPublicEnvironment({ uri }: TextDocument): boolean {
  return /\/(?:http|rest)-client\.env\.json$/i.test(uri.path);
}
