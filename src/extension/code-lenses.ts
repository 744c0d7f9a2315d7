import {
  CodeLens,
  type CodeLensProvider,
  type Command,
  type Disposable,
  EventEmitter,
  languages,
  type TextDocument,
  workspace,
} from "vscode";
import { sendTargets } from "../language/index.ts";
import { type Documents, editorRange, isSendable, sendableRequestFile } from "./documents.ts";
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

/**
 * "Send" above each request; "Cancel" above the running one. The lenses come with their commands: were those resolved
 * later, VS Code could put the answer to an older question into a newer lens, which then showed the send before the last.
 */
export class RequestLenses implements CodeLensProvider {
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

  provideCodeLenses(document: TextDocument): CodeLens[] {
    if (!isSendable(document)) return [];
    if (!workspace.getConfiguration(undefined, document).get<boolean>(settings.codeLens, true)) return [];
    const file = this.#documents.parse(document);
    return sendTargets(file).flatMap(({ block, range }) => {
      const key = requestKey(file, block);
      return key ? [new CodeLens(editorRange(document, range), this.#command(document.uri.toString(), key))] : [];
    });
  }

  #command(document: string, key: RequestKey): Command {
    const elapsed = this.#elapsed(document, key);
    if (elapsed !== undefined && elapsed >= cancelDelay) {
      return { title: cancelTitle(elapsed), command: "padlock.cancel", tooltip: "Stop this request" };
    }
    return {
      title: sendTitle(this.#outcomes.get(document, key)),
      command: "padlock.sendBlock",
      tooltip: "Send this request and show the response",
      arguments: [document, key],
    };
  }

  #elapsed(document: string, key: RequestKey): number | undefined {
    const { state } = this.#runner;
    if (state.kind !== "running" || state.target.document !== document) return undefined;
    const { digest, block } = state.target.key;
    return digest === key.digest || block === key.block ? performance.now() - state.startedAt : undefined;
  }
}
