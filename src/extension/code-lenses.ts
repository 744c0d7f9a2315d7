import {
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  languages,
  type TextDocument,
  workspace,
} from "vscode";
import { sendTargets } from "../language/index.ts";
import { type Documents, editorRange, sendableRequestFile } from "./documents.ts";
import { cancelTitle, sendTitle } from "./lens-title.ts";
import { settings } from "./manifest.ts";
import type { Outcomes } from "./outcomes.ts";
import { type RequestKey, requestKey } from "./request-key.ts";
import type { RequestRunner } from "./request-runner.ts";

/**
 * Until a run has lasted so long (milliseconds), its lens still says Send: a fast answer does not make it flicker, and
 * the second click of a double click does not cancel what the first one sent (the runner drops it).
 */
export const cancelDelay = 300;

class RequestLens extends CodeLens {
  readonly document: TextDocument;
  readonly block: number;

  constructor(document: TextDocument, block: number, range: { readonly start: number; readonly end: number }) {
    super(editorRange(document, range));
    this.document = document;
    this.block = block;
  }
}

/** "Send" above each request; "Cancel" above the running one. */
export class RequestLenses implements CodeLensProvider<RequestLens> {
  readonly #documents: Documents;
  readonly #outcomes: Outcomes;
  readonly #runner: RequestRunner;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(documents: Documents, outcomes: Outcomes, runner: RequestRunner) {
    this.#documents = documents;
    this.#outcomes = outcomes;
    this.#runner = runner;
  }

  register(): Disposable[] {
    return [
      this.#changed,
      languages.registerCodeLensProvider(sendableRequestFile, this),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settings.codeLens)) this.refresh();
      }),
    ];
  }

  refresh(): void {
    this.#changed.fire();
  }

  provideCodeLenses(document: TextDocument): RequestLens[] {
    if (!workspace.getConfiguration(undefined, document).get<boolean>(settings.codeLens, true)) return [];
    const file = this.#documents.parse(document);
    return sendTargets(file).map(({ block, range }) => new RequestLens(document, block, range));
  }

  /** Titles and digests are made for the lenses in sight only. */
  resolveCodeLens(lens: RequestLens): RequestLens {
    const key = requestKey(this.#documents.parse(lens.document), lens.block);
    if (!key) return lens;
    const document = lens.document.uri.toString();
    const elapsed = this.#elapsed(document, key);
    lens.command =
      elapsed !== undefined && elapsed >= cancelDelay
        ? { title: cancelTitle(elapsed), command: "padlock.cancel", tooltip: "Stop this request" }
        : {
            title: sendTitle(this.#outcomes.get(document, key)),
            command: "padlock.sendBlock",
            tooltip: "Send this request and show the response",
            arguments: [document, key],
          };
    return lens;
  }

  #elapsed(document: string, key: RequestKey): number | undefined {
    const { state } = this.#runner;
    if (state.kind !== "running" || state.target.document !== document) return undefined;
    const { digest, block } = state.target.key;
    return digest === key.digest || block === key.block ? performance.now() - state.startedAt : undefined;
  }
}
