import { largestInMemory } from "../common/body-limits.ts";
import { MemoryBody } from "./memory-body.ts";
import type { BodyStore, StoredBody } from "./request.ts";
import { bodyTooLarge } from "./response-failures.ts";

/** In bytes: what memory keeps of a body that is in a file. */
const keptBeginning = 256 * 1024;

/** Where a decoded body goes: into memory, and all of it into a file once it is too large for that. */
export class BodySink {
  readonly #store: BodyStore | undefined;
  readonly #limit: number;
  readonly #memory = new MemoryBody();
  #mostInMemory = largestInMemory;
  #size = 0;
  #stored: StoredBody | undefined;

  /** @param limit in bytes; without a store no body may be larger than memory keeps */
  constructor(store: BodyStore | undefined, limit: number) {
    this.#store = store;
    this.#limit = store ? limit : Math.min(limit, largestInMemory);
  }

  get size(): number {
    return this.#size;
  }

  /** All of the body, or its beginning. */
  get bytes(): Uint8Array {
    return this.#memory.bytes();
  }

  get path(): string | undefined {
    return this.#stored?.path;
  }

  /** What Content-Length says of the decoded body: a large one need not go through memory first. */
  expect(size: number): void {
    if (size > largestInMemory) this.#mostInMemory = keptBeginning;
  }

  /**
   * Copies the piece. One call at a time. @returns a promise where the file needs time, during which the piece stays
   * @throws {Failure} `response.too-large`, after which what came before is still there
   */
  push(piece: Uint8Array): Promise<void> | undefined {
    if (this.#size + piece.length > this.#limit) throw bodyTooLarge(this.#limit, this.#store !== undefined);
    this.#size += piece.length;
    if (this.#stored) return this.#stored.write(piece);
    if (this.#size <= this.#mostInMemory || !this.#store) {
      this.#memory.append(piece);
      return undefined;
    }
    return this.#spill(this.#store, piece);
  }

  async end(): Promise<void> {
    await this.#stored?.end();
  }

  async #spill(store: BodyStore, piece: Uint8Array): Promise<void> {
    const stored = await store.create();
    this.#stored = stored;
    for (const block of this.#memory.blocks()) await stored.write(block);
    this.#memory.cutTo(keptBeginning);
    await stored.write(piece);
  }
}
