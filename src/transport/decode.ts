import type { Transform } from "node:stream";
import zlib from "node:zlib";
import { Failure } from "../common/failure.ts";
import { decompressionFailure } from "./response-failures.ts";

/** Takes bytes in order. @returns a promise where it needs time before the next ones may come */
export type Push = (bytes: Uint8Array) => Promise<void> | undefined;

/** Undoes the Content-Encoding of a body while it comes. Both reject with a `Failure`. */
export interface Decoder {
  /** Resolves when the bytes are decoded and handed on, but for a few kilobytes. */
  push(bytes: Uint8Array): Promise<void>;
  /** @throws {Failure} `response.decompression` where data is missing */
  end(): Promise<void>;
  /** Frees the memory of a body that ended early. */
  destroy(): void;
}

const options = { chunkSize: 64 * 1024 };

/** zlib fills one piece of memory after the other: the last one is given back when the next is in use. */
class OutputMemory {
  #current: ArrayBufferLike | undefined;

  next({ buffer }: Uint8Array): void {
    const last = this.#current;
    this.#current = buffer;
    if (last !== buffer && last instanceof ArrayBuffer && last.byteLength === options.chunkSize) last.transfer(0);
  }
}

/**
 * RFC 9110 §8.4.1 and RFC 8878 §7.2: one layer each. `x-` names are old aliases of the same. Some servers send raw
 * deflate (RFC 1951) where RFC 9110 asks for the zlib format (RFC 1950): the first byte tells.
 */
const codings: Readonly<Record<string, (first: number) => Transform>> = {
  gzip: () => zlib.createGunzip(options),
  "x-gzip": () => zlib.createGunzip(options),
  deflate: (first) => (first % 16 === 8 ? zlib.createInflate(options) : zlib.createInflateRaw(options)),
  br: () => zlib.createBrotliDecompress(options),
  zstd: () => zlib.createZstdDecompress(options),
};

const mostLayers = 5;

/**
 * @param onInflated gets how many bytes a layer has given so far, and throws where that is too many
 * @returns undefined for a body that stays as it is: without a coding, or with one that is not known (the header tells
 *   the reader)
 */
export function createDecoder(
  contentEncoding: string,
  next: Push,
  onInflated: (bytes: number) => void,
): Decoder | undefined {
  const names = contentEncoding
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  if (names.length === 0 || names.length > mostLayers) return undefined;
  if (names.some((name) => !Object.hasOwn(codings, name))) return undefined;
  const layers: Layer[] = [];
  let push = next;
  // The last coding was applied last and is undone first.
  for (const name of names) {
    const layer = new Layer(name, push, onInflated);
    layers.unshift(layer);
    push = (bytes) => layer.push(bytes);
  }
  const [first] = layers;
  return (
    first && {
      push: (bytes) => first.push(bytes),
      end: async () => {
        for (const layer of layers) await layer.end();
      },
      destroy: () => {
        for (const layer of layers) layer.destroy();
      },
    }
  );
}

class Layer {
  readonly #coding: string;
  readonly #next: Push;
  readonly #onInflated: (bytes: number) => void;
  #stream: Transform | undefined;
  readonly #output = new OutputMemory();
  #inflated = 0;
  #isOver = false;
  /** Settles when all is decoded, or rejects with what went wrong. */
  #whole: Promise<void> | undefined;

  constructor(coding: string, next: Push, onInflated: (bytes: number) => void) {
    this.#coding = coding;
    this.#next = next;
    this.#onInflated = onInflated;
  }

  async push(bytes: Uint8Array): Promise<void> {
    // What stands behind the end of the compressed data means nothing, as for every other reader.
    if (bytes.length === 0 || this.#isOver) return this.#whole;
    const stream = this.#stream ?? this.#open(bytes[0] ?? 0);
    const taken = new Promise<void>((resolve) => stream.write(bytes, (error) => error ?? resolve()));
    // zlib never asks for more behind the end of its data, so the callback may not come.
    await Promise.race([taken, this.#whole]);
  }

  async end(): Promise<void> {
    if (!this.#stream) return;
    if (!this.#isOver) this.#stream.end();
    await this.#whole;
    this.#stream.destroy();
  }

  destroy(): void {
    this.#isOver = true;
    this.#stream?.destroy();
  }

  #open(first: number): Transform {
    const create = codings[this.#coding];
    if (!create) throw new Error("not a coding");
    const stream = create(first);
    this.#stream = stream;
    this.#whole = new Promise((resolve, reject) => {
      stream.once("end", resolve);
      stream.once("close", resolve);
      stream.once("error", (error) =>
        reject(error instanceof Failure ? error : decompressionFailure(this.#coding, error)),
      );
    });
    const over = () => {
      this.#isOver = true;
    };
    this.#whole.then(over, over);
    stream.on("data", (piece: Buffer) => {
      try {
        this.#output.next(piece);
        this.#inflated += piece.length;
        this.#onInflated(this.#inflated);
        const wait = this.#next(piece);
        if (!wait) return;
        stream.pause();
        wait.then(
          () => stream.resume(),
          (error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))),
        );
      } catch (error) {
        stream.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    return stream;
  }
}
