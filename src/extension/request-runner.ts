import type { Engine, RawSettings } from "../engine/contract.ts";
import type { ExchangeView } from "../protocol/exchange-view.ts";
import { restrictedMode } from "./refusal.ts";
import type { RequestKey } from "./request-key.ts";
import type { RequestSource } from "./request-source.ts";

/** Where the request of an exchange stands. */
export interface RequestPlace {
  /** The document, as a URI string. */
  readonly document: string;
  /** Null where only the line in the exchange is known. */
  readonly key: RequestKey | null;
  /** Absolute path. */
  readonly file: string;
}

/** One request of one document at the moment of the click. */
export interface SendTarget extends RequestPlace {
  readonly key: RequestKey;
  readonly source: RequestSource;
  readonly text: string;
}

export type RunState =
  | { readonly kind: "idle" }
  | {
      readonly kind: "running";
      readonly id: string;
      readonly target: SendTarget;
      readonly startedAt: number;
      /** What has come of the response so far. */
      readonly receiving?: ExchangeView;
      /** A question to the person is open; the request waits for the answer. */
      readonly isAsking?: boolean;
    }
  | {
      readonly kind: "finished";
      readonly target: RequestPlace;
      readonly exchange: ExchangeView;
      /** There where it was chosen from the history. */
      readonly isPast?: boolean;
    };

/** What the runner needs of VS Code and of the engine's bundle; handed in so that it can be tested without either. */
export interface RunnerPorts {
  isTrusted(): boolean;
  /** Loads the engine's bundle at its first call. */
  engine(): Promise<Engine>;
  settings(target: SendTarget): Promise<RawSettings>;
  /** The active environment of the request's workspace folder; "" for none. */
  environmentName(target: SendTarget): string;
  /** Unique in this window. */
  newId(): string;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  onState(state: RunState): void;
  /** Once for every exchange, also for one that a newer Send replaced. */
  onExchange(target: SendTarget, exchange: ExchangeView): void;
  /** For every request that was sent before the asked for one, because that needs it. */
  onEarlierExchange(target: SendTarget, exchange: ExchangeView): void;
}

type Running = Extract<RunState, { kind: "running" }>;

/** Milliseconds in which a second Send of the running request is taken for the second click of a double click. */
const doubleClick = 300;

/** Runs one request at a time: a newer Send aborts the one before, as the panel shows one exchange. */
export class RequestRunner {
  readonly #ports: RunnerPorts;
  #state: RunState = { kind: "idle" };
  #abort: AbortController | undefined;

  constructor(ports: RunnerPorts) {
    this.#ports = ports;
  }

  get state(): RunState {
    return this.#state;
  }

  /** Rejects only where the engine cannot be loaded or the settings cannot be read: a defect, not a failed request. */
  async send(target: SendTarget): Promise<void> {
    if (this.#isRepeated(target)) return;
    this.cancel();
    const running: Running = { kind: "running", id: this.#ports.newId(), target, startedAt: this.#ports.now() };
    const abort = new AbortController();
    this.#abort = abort;
    this.#enter(running);
    try {
      const exchange = await this.#exchange(running, abort.signal);
      this.#ports.onExchange(target, exchange);
      if (this.#isCurrent(running)) this.#enter({ kind: "finished", target, exchange });
    } catch (error) {
      if (this.#isCurrent(running)) this.#enter({ kind: "idle" });
      throw error;
    }
  }

  /** Aborts the running request, if `id` is it or is not given. Its exchange then ends as `canceled`. */
  cancel(id?: string): void {
    if (this.#state.kind !== "running") return;
    if (id === undefined || id === this.#state.id) this.#abort?.abort();
  }

  /** Asks the person something that the running request needs, and shows meanwhile that it waits for the answer. */
  async asking<T>(ask: () => Promise<T>): Promise<T> {
    const before = this.#state;
    if (before.kind !== "running") return ask();
    this.#enter({ ...before, isAsking: true });
    try {
      return await ask();
    } finally {
      if (this.#isCurrent(before)) this.#enter(before);
    }
  }

  async #exchange({ id, target }: Running, signal: AbortSignal): Promise<ExchangeView> {
    // The engine is not even loaded in Restricted Mode: a hidden command can still be called.
    if (!this.#ports.isTrusted()) return restrictedMode(target.source, id, new Date());
    const [engine, settings] = await Promise.all([this.#ports.engine(), this.#ports.settings(target)]);
    const { text, file, key } = target;
    return engine.run({
      text,
      file,
      block: key.block,
      settings,
      trusted: this.#ports.isTrusted(),
      environmentName: this.#ports.environmentName(target),
      signal,
      onProgress: (receiving) => this.#receive(id, receiving),
      onExchange: (exchange) => this.#ports.onEarlierExchange(target, exchange),
    });
  }

  #receive(id: string, receiving: ExchangeView): void {
    if (this.#state.kind === "running" && this.#state.id === id) this.#enter({ ...this.#state, receiving });
  }

  #isRepeated({ document, key }: SendTarget): boolean {
    if (this.#state.kind !== "running") return false;
    const { target, startedAt } = this.#state;
    const isSame = target.document === document && target.key.digest === key.digest;
    return isSame && this.#ports.now() - startedAt < doubleClick;
  }

  #isCurrent(running: Running): boolean {
    return this.#state.kind === "running" && this.#state.id === running.id;
  }

  #enter(state: RunState): void {
    this.#state = state;
    if (state.kind !== "running") this.#abort = undefined;
    this.#ports.onState(state);
  }
}
