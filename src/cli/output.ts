/**
 * A standard stream that survives its reader. `write` waits until the text is handed over, so that a large report never
 * piles up in memory; after the reader has gone (`padlock run … | head -1`) it does nothing.
 */
export class Output {
  readonly #stream: NodeJS.WriteStream;
  readonly #onClosed: () => void;
  #closed = false;

  constructor(stream: NodeJS.WriteStream, onClosed: () => void) {
    this.#stream = stream;
    this.#onClosed = onClosed;
    // Without a listener a broken pipe would end the process with a stack trace.
    stream.on("error", () => this.#close());
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  write(text: string): Promise<void> {
    if (this.#closed || text === "") return Promise.resolve();
    return new Promise((resolve) => {
      this.#stream.write(text, (error) => {
        if (error) this.#close();
        resolve();
      });
    });
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClosed();
  }
}
