import type { FileHandle } from "node:fs/promises";

/** In bytes. */
const blockSize = 256 * 1024;

/** libuv reads up to 2 MB of a busy socket before it tells that a block is written: fewer would make many pauses. */
const mostBlocks = 4;

/** Writes a file in large blocks. Their memory is used over and over: some are filled while others are written. */
export class BlockWriter {
  readonly #handle: Pick<FileHandle, "writeFile">;
  readonly #free: Buffer[] = [];
  /** Full ones, the first of which is being written. */
  readonly #full: Buffer[] = [];
  #block: Buffer = Buffer.allocUnsafeSlow(blockSize);
  #used = 0;
  /** Settles when no block is full. One that rejects stays: nothing behind it may be written. */
  #writing: Promise<void> | undefined;

  constructor(handle: Pick<FileHandle, "writeFile">) {
    this.#handle = handle;
  }

  /**
   * One call at a time. @returns a promise where the disk needs time, during which the bytes stay as they are; otherwise
   * they have been copied. It rejects with the error of Node, also that of an earlier block.
   */
  write(bytes: Uint8Array): Promise<void> | undefined {
    let from = 0;
    for (;;) {
      const fits = Math.min(bytes.length - from, blockSize - this.#used);
      this.#block.set(bytes.subarray(from, from + fits), this.#used);
      this.#used += fits;
      from += fits;
      if (this.#used < blockSize) return undefined;
      if (this.#full.length + 1 >= mostBlocks) return this.#writing?.then(() => this.write(bytes.subarray(from)));
      this.#full.push(this.#block);
      this.#block = this.#free.pop() ?? Buffer.allocUnsafeSlow(blockSize);
      this.#used = 0;
      this.#writing ??= this.#start();
    }
  }

  /** Resolves when all is written. */
  async end(): Promise<void> {
    await this.#writing;
    await this.#handle.writeFile(this.#block.subarray(0, this.#used));
  }

  #start(): Promise<void> {
    const writing = this.#writeFull();
    // Whoever writes next, or ends, hears of it.
    writing.catch(() => undefined);
    return writing;
  }

  async #writeFull(): Promise<void> {
    for (let block = this.#full[0]; block; block = this.#full[0]) {
      await this.#handle.writeFile(block);
      this.#full.shift();
      this.#free.push(block);
    }
    this.#writing = undefined;
  }
}
