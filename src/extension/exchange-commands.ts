import { dirname, resolve } from "node:path";
import { commands, env, Position, Range, type TextDocument, Uri, ViewColumn, window, workspace } from "vscode";
import type { SourceLocation } from "../common/range.ts";
import type { BodyView } from "../protocol/exchange-view.ts";
import { bodyFileName } from "./body-file.ts";
import { certificateFile } from "./certificate-file.ts";
import { curlCommand } from "./curl.ts";
import { type Documents, editorRange } from "./documents.ts";
import type { EngineHost } from "./engine-host.ts";
import type { ShownState } from "./inspect/inspected.ts";
import type { ReadOnlyDocuments } from "./read-only-documents.ts";
import { findRequest } from "./request-key.ts";
import type { RunState } from "./request-runner.ts";
import { plain } from "./text.ts";
import { workspaceRoot } from "./workspace-settings.ts";

type Finished = Extract<RunState, { kind: "finished" }>;

/** What can be done with the exchange that the panel shows: all from the redacted view. */
export class ExchangeCommands {
  readonly #shown: { readonly state: ShownState };
  readonly #documents: Documents;
  readonly #readOnly: ReadOnlyDocuments;
  readonly #bodies: Pick<EngineHost, "saveBody" | "bodyFile">;

  constructor(
    shown: { readonly state: ShownState },
    documents: Documents,
    readOnly: ReadOnlyDocuments,
    bodies: Pick<EngineHost, "saveBody" | "bodyFile">,
  ) {
    this.#shown = shown;
    this.#documents = documents;
    this.#readOnly = readOnly;
    this.#bodies = bodies;
  }

  async copyBody(): Promise<void> {
    const finished = this.#finished();
    if (!finished) return;
    const body = finished.exchange.response?.body;
    if (!body) return tell("There is no response body to copy.");
    await this.copyText(body.raw ?? body.text, body.truncated ? "Copied the beginning of the body" : "Copied the body");
  }

  async copyReport(): Promise<void> {
    const { state } = this.#shown;
    const report = state.kind === "inspected" ? state.inspection : this.#finished()?.exchange;
    if (report) await this.copyText(`${JSON.stringify(report, null, 2)}\n`, "Copied the report");
  }

  async copyAsCurl(): Promise<void> {
    const finished = this.#finished();
    if (!finished) return;
    const command = curlCommand(finished.exchange);
    if (command === undefined) return tell("This request has a body that does not fit into a cURL command.");
    await this.copyText(command.text, "Copied the request as cURL");
    const { variables } = command;
    if (variables.length > 0) {
      tell(
        `Masked values are not in the cURL command. Set ${plain(listed(variables), 200)} in your shell before you run it.`,
      );
    }
  }

  async copyText(text: string, done = "Copied"): Promise<void> {
    await env.clipboard.writeText(text);
    window.setStatusBarMessage(done, 3000);
  }

  async openBody(): Promise<void> {
    const finished = this.#finished();
    if (!finished) return;
    const { exchange } = finished;
    const body = exchange.response?.body;
    if (!body) return tell("There is no response body to open.");
    const name = bodyFileName(exchange);
    const file = await this.#bodies.bodyFile(exchange.id, name);
    if (file === undefined) await this.#readOnly.open(exchange.id, name, body.text);
    else await commands.executeCommand("vscode.open", Uri.file(file));
  }

  async saveBody(): Promise<void> {
    const finished = this.#finished();
    if (!finished) return;
    const { exchange } = finished;
    const body = exchange.response?.body;
    if (!body) return tell("There is no response body to save.");
    const folder = dirname(finished.target.file);
    const defaultUri = Uri.file(resolve(folder, bodyFileName(exchange)));
    const uri = await window.showSaveDialog({ defaultUri, title: "Save Response Body" });
    if (!uri) return;
    if (uri.scheme === "file" && (await this.#bodies.saveBody(exchange.id, uri.fsPath))) return;
    // An exchange of the history: only its text is there.
    if (!isWhole(body)) return tell("Padlock no longer has all of this body. Send the request again to save it.");
    await workspace.fs.writeFile(uri, new TextEncoder().encode(body.raw ?? body.text));
  }

  async openCertificate(index: number): Promise<void> {
    const { state } = this.#shown;
    const shown = state.kind === "inspected" ? state.inspection : this.#finished()?.exchange;
    const certificate = shown?.connection?.tls?.chain[index];
    if (!shown || !certificate) return;
    const { name, text } = certificateFile(certificate);
    await this.#readOnly.open(`${shown.id}/${index}`, name, text);
  }

  async revealRequest(): Promise<void> {
    const finished = this.#finished();
    if (!finished) return;
    const { document: uri, key } = finished.target;
    const document = await workspace.openTextDocument(Uri.parse(uri));
    if (!key) return showAt(document, lineRange(finished.exchange.request.line));
    const file = this.#documents.parse(document);
    const request = file.blocks[findRequest(file, key) ?? -1]?.request;
    if (!request) return tell("The request is no longer in the file.");
    const { start } = editorRange(document, request.lineRange);
    await showAt(document, new Range(start, start));
  }

  /** Shows the line that made the request fail, in whichever file it stands; without one, the request. */
  async revealCause(): Promise<void> {
    const { state } = this.#shown;
    if (state.kind === "inspected") {
      const { failure } = state.inspection;
      return failure?.location ? showCause(failure.location, Uri.parse(state.target.document)) : undefined;
    }
    const finished = this.#finished();
    const cause = finished?.exchange.failure?.location;
    if (!finished || !cause) return this.revealRequest();
    const uri = Uri.parse(finished.target.document);
    const isRequestFile = cause.file === finished.exchange.request.file;
    if (!isRequestFile) return showCause(cause, uri);
    await showAt(await workspace.openTextDocument(uri), rangeOf(cause));
  }

  /** Opens the settings file at the failure's cause where it stands there, else VS Code's settings of Padlock. */
  async openSettings(): Promise<void> {
    const { state } = this.#shown;
    const exchange = state.kind === "finished" ? state.exchange : undefined;
    const shown = state.kind === "inspected" ? state.inspection : exchange;
    const cause = shown?.failure?.location;
    if (cause && cause.file !== exchange?.request.file) return this.revealCause();
    await commands.executeCommand("workbench.action.openSettings", "padlock.");
  }

  #finished(): Finished | undefined {
    const { state } = this.#shown;
    if (state.kind === "finished") return state;
    return tell("There is no response yet.");
  }
}

/** A place in a file that is named as a person sees it from `document`. */
async function showCause(cause: SourceLocation, document: Uri): Promise<void> {
  const file = Uri.file(resolve(workspaceRoot(document), cause.file));
  await showAt(await workspace.openTextDocument(file), rangeOf(cause));
}

/** `A, B and 3 more`. */
function listed(names: readonly string[]): string {
  const rest = names.length - 5;
  return names.slice(0, 5).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

function isWhole({ kind, truncated }: BodyView): boolean {
  return !truncated && kind !== "binary";
}

function lineRange(line: number): Range {
  return rangeOf({ line, column: 1 });
}

function rangeOf({ line, column, endColumn }: Pick<SourceLocation, "line" | "column" | "endColumn">): Range {
  const start = new Position(Math.max(line - 1, 0), Math.max(column - 1, 0));
  return new Range(start, endColumn === undefined ? start : start.with({ character: Math.max(endColumn - 1, 0) }));
}

/** In the column where the document is already open, so that it does not cover the panel. */
export async function showAt(document: TextDocument, selection: Range): Promise<void> {
  const open = window.visibleTextEditors.find((editor) => editor.document === document);
  await window.showTextDocument(document, { selection, viewColumn: open?.viewColumn ?? ViewColumn.One });
}

function tell(message: string): undefined {
  void window.showInformationMessage(message);
}
