import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";

/** What a handler can do with a response that Node reads: undici's own controller, over a stream. */
export class ResponseControl implements Dispatcher.DispatchController {
  rawHeaders: string[] = [];
  rawTrailers: string[] = [];
  paused = false;
  reason: Error | null = null;
  readonly #onAbort: (reason: Error) => void;
  #body: Readable | undefined;

  constructor(onAbort: (reason: Error) => void) {
    this.#onAbort = onAbort;
  }

  get aborted(): boolean {
    return this.reason !== null;
  }

  /** The stream that `pause` and `resume` are for. */
  attach(body: Readable): void {
    this.#body = body;
    if (this.paused) body.pause();
  }

  abort(reason: Error): void {
    if (this.reason) return;
    this.reason = reason;
    this.#onAbort(reason);
  }

  pause(): void {
    this.paused = true;
    this.#body?.pause();
  }

  resume(): void {
    this.paused = false;
    this.#body?.resume();
  }
}
