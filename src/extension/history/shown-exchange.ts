import type { RequestRunner, RunState } from "../request-runner.ts";
import type { HistoryEntry } from "./history-entry.ts";

/** What the panel shows: the last run, or an exchange of the history that was chosen since; the next run takes over. */
export class ShownExchange {
  readonly #runner: Pick<RequestRunner, "state">;
  readonly #pathOf: (document: string) => string;
  #past: HistoryEntry | undefined;

  /** `pathOf`: the absolute path of a document. */
  constructor(runner: Pick<RequestRunner, "state">, pathOf: (document: string) => string) {
    this.#runner = runner;
    this.#pathOf = pathOf;
  }

  get state(): RunState {
    if (!this.#past) return this.#runner.state;
    const { document, key, exchange } = this.#past;
    return { kind: "finished", target: { document, key, file: this.#pathOf(document) }, exchange, isPast: true };
  }

  /** The entry of the history that is shown, if one is. */
  get past(): HistoryEntry | undefined {
    return this.#past;
  }

  /** Undefined: the last run again. */
  choose(entry: HistoryEntry | undefined): void {
    this.#past = entry;
  }
}
