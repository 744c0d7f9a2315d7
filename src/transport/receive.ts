import { setTimeout } from "node:timers/promises";
import { defaultMaxBodySize } from "../common/body-limits.ts";
import { BodySink } from "./body-sink.ts";
import { createDecoder, type Decoder, type Push } from "./decode.ts";
import type { TransportRequest } from "./request.ts";
import type { Fields, InformationalResponse, ReceivedResponse } from "./response.ts";
import { bodyTooLarge, decompressionBomb, tooManyHeaders, tooManyInformational } from "./response-failures.ts";

/** In milliseconds, for what has come to be decoded and stored when the exchange has ended early. */
const patience = 1000;

const mostInformational = 50;
/** Node's own limit is 2,000; nobody sends a tenth of it. */
const mostFields = 1000;

/** No text that people write shrinks to less; only from this size on is it looked at. */
const bombRatio = 200;
const bombSize = 64 * 1024 * 1024;

type Head = Pick<ReceivedResponse, "status" | "statusText" | "headers">;

/** A response as it comes in: interim heads, the head, the body through its decoder into memory or a file, trailers. */
export class ResponseReceiver {
  readonly #sink: BodySink;
  readonly #maxBodySize: number;
  readonly #httpVersion: () => ReceivedResponse["httpVersion"];
  readonly #informational: InformationalResponse[] = [];
  #head: Head | undefined;
  #trailers: Fields = [];
  #push: Push;
  #decoder: Decoder | undefined;
  #onWire = 0;
  /** The last piece that is still on its way; the next one waits for it. */
  #tail: Promise<void> | undefined;

  constructor(
    { store, maxBodySize = defaultMaxBodySize }: Pick<TransportRequest, "store" | "maxBodySize">,
    httpVersion: () => ReceivedResponse["httpVersion"],
    onPiece: (piece: Uint8Array) => void,
  ) {
    this.#maxBodySize = maxBodySize;
    this.#httpVersion = httpVersion;
    this.#sink = new BodySink(store, maxBodySize);
    const sink = this.#sink;
    this.#push = (piece) => {
      const wait = sink.push(piece);
      if (!wait) onPiece(piece);
      return wait?.then(() => onPiece(piece));
    };
  }

  /** `text/event-stream` (HTML §9.2): it is meant to stay open. */
  get isEventStream(): boolean {
    return /^\s*text\/event-stream\s*(?:;|$)/i.test(this.#field("content-type"));
  }

  /** @throws {Failure} `response.too-large` */
  head(head: Head): void {
    if (head.headers.length > mostFields) throw tooManyHeaders(mostFields);
    if (head.status >= 200) {
      this.#head = head;
      const coding = this.#field("content-encoding");
      const decoder = createDecoder(coding, this.#push, (bytes) => this.#checkInflated(bytes));
      this.#decoder = decoder;
      if (decoder) this.#push = (bytes) => decoder.push(bytes);
      else this.#sink.expect(Number(this.#field("content-length")));
    } else {
      if (this.#informational.length >= mostInformational) throw tooManyInformational(mostInformational);
      this.#informational.push(head);
    }
  }

  /**
   * A piece of the body as it came over the wire.
   * @returns a promise while nothing more should be read; it rejects with a `Failure`
   * @throws {Failure} `response.too-large`
   */
  data(piece: Uint8Array): Promise<void> | undefined {
    this.#onWire += piece.length;
    // Also where the decoder gives nothing for it, such as behind the end of the compressed data.
    if (this.#decoder && this.#onWire > this.#maxBodySize) throw bodyTooLarge(this.#maxBodySize, true);
    const wait = this.#tail ? this.#tail.then(() => this.#push(piece)) : this.#push(piece);
    if (!wait) return undefined;
    // One that rejects stays there: nothing that comes behind it may be kept.
    const tail: Promise<void> = wait.then(() => this.#forget(tail));
    this.#tail = tail;
    return tail;
  }

  /** The whole response. @throws {Failure} `response.decompression`, `response.too-large` */
  async end(trailers: Fields): Promise<ReceivedResponse> {
    if (trailers.length > mostFields) throw tooManyHeaders(mostFields, true);
    this.#trailers = trailers;
    if (this.#tail) await this.#tail;
    await this.#decoder?.end();
    await this.#sink.end();
    const response = this.soFar();
    if (!response) throw new Error("the response has no head");
    return response;
  }

  /** What had come when it ended early; undefined without a final head. Never rejects. */
  async abandon(): Promise<ReceivedResponse | undefined> {
    if (this.#tail)
      await Promise.race([this.#tail.catch(() => undefined), setTimeout(patience, undefined, { ref: false })]);
    this.#decoder?.destroy();
    await this.#sink.end().catch(() => undefined);
    return this.soFar();
  }

  soFar(): ReceivedResponse | undefined {
    if (!this.#head) return undefined;
    return {
      httpVersion: this.#httpVersion(),
      ...this.#head,
      informational: this.#informational,
      trailers: this.#trailers,
      body: this.#sink.bytes,
      bodySize: this.#sink.size,
      bodyFile: this.#sink.path,
      encodedBodySize: this.#onWire,
    };
  }

  #forget(tail: Promise<void>): void {
    if (this.#tail === tail) this.#tail = undefined;
  }

  #checkInflated(bytes: number): void {
    if (bytes > this.#maxBodySize) throw bodyTooLarge(this.#maxBodySize, true);
    if (bytes > bombSize && bytes > bombRatio * this.#onWire) throw decompressionBomb(this.#onWire, bytes);
  }

  #field(wanted: string): string {
    const values = this.#head?.headers.filter(([name]) => name.toLowerCase() === wanted) ?? [];
    return values.map(([, value]) => value).join(",");
  }
}
