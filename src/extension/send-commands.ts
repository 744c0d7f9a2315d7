import { type TextDocument, Uri, window, workspace } from "vscode";
import { requestAt } from "../language/index.ts";
import { activeRequestEditor, type Documents, isSendable } from "./documents.ts";
import type { HistoryEntry } from "./history/history-entry.ts";
import { blockToSendAgain } from "./history/send-again.ts";
import type { ShownExchange } from "./history/shown-exchange.ts";
import type { ResponsePanel } from "./panel/response-panel.ts";
import { findRequest, isRequestKey } from "./request-key.ts";
import type { RequestRunner, SendTarget } from "./request-runner.ts";

/** What is known of the exchange that the panel shows. */
interface PastPorts {
  readonly shown: Pick<ShownExchange, "past">;
  /** The active environment of a document; "" for none. */
  environmentName(document: Uri): string;
}

/** The ways to send: at the cursor, from a CodeLens, and the last one again. */
export class SendCommands {
  readonly #documents: Documents;
  readonly #runner: RequestRunner;
  readonly #panel: ResponsePanel;
  readonly #past: PastPorts;
  #last: SendTarget | undefined;

  constructor(documents: Documents, runner: RequestRunner, panel: ResponsePanel, past: PastPorts) {
    this.#documents = documents;
    this.#past = past;
    this.#runner = runner;
    this.#panel = panel;
  }

  async sendAtCursor(): Promise<void> {
    const editor = activeRequestEditor();
    if (!editor) return tell("Open an .https file and place the cursor in a request.");
    const { document, selection } = editor;
    const block = requestAt(this.#documents.parse(document), document.offsetAt(selection.active));
    if (block === undefined) return tell("Place the cursor in a request.");
    await this.#send(document, block);
  }

  /** `document`: a URI or its string; `request`: a block's index, or the key of the request that the lens stood above. */
  async sendBlock(document: unknown, request: unknown): Promise<void> {
    const uri = typeof document === "string" ? Uri.parse(document) : document;
    if (!(uri instanceof Uri)) throw new TypeError("padlock.sendBlock: the first argument must be a document's URI");
    if (typeof request === "number") return this.#send(await workspace.openTextDocument(uri), request);
    if (!isRequestKey(request)) throw new TypeError("padlock.sendBlock: the second argument must be a block's index");
    await this.#sendFound(uri, request);
  }

  /** What the panel shows, not what was sent last: an entry of the history is sent again only as it was. */
  async sendAgain(): Promise<void> {
    const { past } = this.#past.shown;
    if (past) return this.#sendPast(past);
    if (!this.#last) return tell("Nothing was sent yet. Click Send above a request.");
    await this.#sendFound(Uri.parse(this.#last.document), this.#last.key);
  }

  async #sendPast(entry: HistoryEntry): Promise<void> {
    const uri = Uri.parse(entry.document);
    const document = await openIfThere(uri);
    if (!document) return tell("The file of this request is no longer there.");
    const block = blockToSendAgain(this.#documents.parse(document), entry, this.#past.environmentName(uri));
    if (typeof block === "object") return tell(block.refused);
    await this.#send(document, block);
  }

  async #sendFound(uri: Uri, key: SendTarget["key"]): Promise<void> {
    const document = await workspace.openTextDocument(uri);
    const block = findRequest(this.#documents.parse(document), key);
    if (block === undefined)
      return tell("The file has changed, and which request is meant is not clear. Place the cursor in it and send it.");
    await this.#send(document, block);
  }

  async #send(document: TextDocument, block: number): Promise<void> {
    if (!isSendable(document))
      return tell(
        "Padlock sends only requests of .https files on this machine's disk, next to their certificates and settings. Save a copy of this file into a folder of this machine and open that folder.",
      );
    const target = this.#documents.target(document, block);
    if (!target) return tell("There is no request here.");
    this.#last = target;
    this.#panel.reveal();
    await this.#runner.send(target);
  }
}

/** Undefined for a file that was moved or deleted since. */
async function openIfThere(uri: Uri): Promise<TextDocument | undefined> {
  try {
    return await workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

/** Only for what no panel can tell, and never with a text of a server. Not awaited: the command is over. */
function tell(message: string): void {
  void window.showInformationMessage(message);
}
