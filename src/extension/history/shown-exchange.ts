import type { Inspected, ShownState } from "../inspect/inspected.ts";
import type { RequestRunner } from "../request-runner.ts";
import type { HistoryEntry } from "./history-entry.ts";

/**
 * What the panel shows: the last run, or what was chosen since, an exchange of the history or the inspection of a server;
 * the next run takes over.
 */
export class ShownExchange {
  readonly #runner: Pick<RequestRunner, "state">;
  readonly #pathOf: (document: string) => string;
  #past: HistoryEntry | undefined;
  #inspected: Inspected | undefined;

  /** `pathOf`: the absolute path of a document. */
  constructor(runner: Pick<RequestRunner, "state">, pathOf: (document: string) => string) {
    this.#runner = runner;
    this.#pathOf = pathOf;
  }

  get state(): ShownState {
    if (this.#inspected) return this.#inspected;
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
    this.#inspected = undefined;
  }

  inspect(inspected: Inspected): void {
    this.#past = undefined;
    this.#inspected = inspected;
  }
}
