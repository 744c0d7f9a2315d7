/**
 * Bytes that wait for what follows them, in one piece of memory: copies of every byte would be garbage faster than it is
 * collected.
 */
export class HeldBytes {
  #memory = Buffer.allocUnsafeSlow(64 * 1024);
  #from = 0;
  #to = 0;

  get length(): number {
    return this.#to - this.#from;
  }

  /** Good until the next call of `append`, also what is dropped of it. */
  get bytes(): Buffer {
    return this.#memory.subarray(this.#from, this.#to);
  }

  append(chunk: Uint8Array): void {
    if (this.#to + chunk.length > this.#memory.length) this.#makeRoom(chunk.length);
    this.#memory.set(chunk, this.#to);
    this.#to += chunk.length;
  }

  /** Forgets the first ones. */
  drop(count: number): void {
    this.#from += count;
  }

  #makeRoom(size: number): void {
    const { bytes } = this;
    const needed = 2 * (bytes.length + size);
    if (needed > this.#memory.length) this.#memory = Buffer.allocUnsafeSlow(needed);
    // Also within the same memory.
    this.#memory.set(bytes);
    this.#from = 0;
    this.#to = bytes.length;
  }
}
