import {
  type Disposable,
  EventEmitter,
  type TextDocumentContentProvider,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { readOnlyScheme } from "./manifest.ts";

/** Bodies and certificates as read-only editors, so that VS Code's own find, fold and compare work on them. */
export class ReadOnlyDocuments implements TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;

  register(): Disposable[] {
    return [
      this.#changed,
      workspace.registerTextDocumentContentProvider(readOnlyScheme, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? "This text is no longer in memory. Send the request again.";
  }

  /** Opens `text` as `name` beside what is there; its ending chooses the language. `id` keeps two of one name apart. */
  async open(id: string, name: string, text: string): Promise<void> {
    const uri = Uri.from({ scheme: readOnlyScheme, path: `/${id}/${name}` });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    await window.showTextDocument(uri, { viewColumn: ViewColumn.Active, preview: true });
  }
}
