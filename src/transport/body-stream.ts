import { Readable } from "node:stream";
import type { StreamedBody } from "../common/request-body.ts";

/**
 * A streamed body on its way out. The next piece is read only when the last has been handed on and another is wanted, so
 * that it can be known then whether the memory of the last is free. Destroyed when the exchange ends early, which closes
 * the file.
 */
export class BodyStream extends Readable {
  /** Has all that was read been written? Set by whoever knows where it goes. */
  isSent: () => boolean = () => false;
  readonly #pieces: AsyncIterator<Uint8Array>;

  constructor(body: StreamedBody) {
    // With a larger mark Node would ask for a piece before it hands on the one that it has.
    super({ objectMode: true, highWaterMark: 0 });
    this.#pieces = body.open(() => this.isSent())[Symbol.asyncIterator]();
  }

  override _read(): void {
    this.#pieces.next().then(
      ({ value, done }) => this.push(done ? null : value),
      (error: Error) => this.destroy(error),
    );
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    const closed = this.#pieces.return?.() ?? Promise.resolve();
    closed.then(
      () => callback(error),
      (cause: Error) => callback(error ?? cause),
    );
  }
}
