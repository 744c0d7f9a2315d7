/** In bytes. Most bodies are small: the first block is too, and each one as large as all before it together. */
const smallestBlock = 1024;
const largestBlock = 64 * 1024;

function blockSizeAt(size: number): number {
  return Math.min(largestBlock, Math.max(smallestBlock, size));
}

/**
 * Bytes one behind the other, in blocks: a body may come one byte at a time, and millions of small pieces take many
 * times their size. One piece of memory that grows would leave as much behind as it holds.
 */
export class MemoryBody {
  #blocks: Uint8Array<ArrayBuffer>[] = [];
  /** Bytes of the last block that are used; the others are full. */
  #used = 0;
  #size = 0;
  /** Does somebody have the first block? The others nobody has. */
  #isShared = false;

  get size(): number {
    return this.#size;
  }

  /** Copies the piece. */
  append(piece: Uint8Array): void {
    this.#size += piece.length;
    const last = this.#blocks.at(-1);
    const fits = last ? Math.min(piece.length, last.length - this.#used) : 0;
    last?.set(piece.subarray(0, fits), this.#used);
    this.#used += fits;
    if (fits === piece.length) return;
    const rest = piece.subarray(fits);
    const block = new Uint8Array(Math.max(rest.length, blockSizeAt(this.#size)));
    block.set(rest);
    this.#blocks.push(block);
    this.#used = rest.length;
  }

  /** In order. */
  blocks(): readonly Uint8Array[] {
    const last = this.#blocks.at(-1);
    return last ? [...this.#blocks.slice(0, -1), last.subarray(0, this.#used)] : [];
  }

  /** All of them in one piece, which stays as it is, whatever is appended. */
  bytes(): Uint8Array {
    const blocks = this.blocks();
    this.#isShared = true;
    if (blocks.length > 1) {
      this.#blocks = [Buffer.concat(blocks)];
      this.#used = this.#size;
    }
    return this.#blocks[0]?.subarray(0, this.#size) ?? new Uint8Array();
  }

  /** Gives the memory of all but the first bytes back: what `blocks` has returned is gone. */
  cutTo(size: number): void {
    const kept = Math.min(size, this.#size);
    const beginning = new Uint8Array(kept);
    let at = 0;
    for (const block of this.blocks()) {
      beginning.set(block.subarray(0, kept - at), at);
      at = Math.min(kept, at + block.length);
    }
    for (const block of this.#blocks.slice(this.#isShared ? 1 : 0)) block.buffer.transfer(0);
    this.#isShared = false;
    this.#blocks = [beginning];
    this.#used = kept;
    this.#size = kept;
  }
}
