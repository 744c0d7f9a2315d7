import type { Socket } from "node:net";
import { type buildConnector, Client, type Dispatcher } from "undici";
import { BodyStream } from "../body-stream.ts";
import type { HttpClient, HttpVersion } from "./client.ts";
import { keepFieldOrder } from "./field-order.ts";
import { ReadMemory } from "./read-memory.ts";
import { keepAliveMilliseconds, maxHeaderSize } from "./settings.ts";
import { StatusLine } from "./status-line.ts";

/** HTTP/1.1 by undici. */
export class Http1Client implements HttpClient {
  readonly #client: Client;
  readonly #url: URL;
  readonly #socket: () => Socket | undefined;
  readonly #statusLine = new StatusLine();
  #memory: ReadMemory | undefined;

  /** `socket`: the one that `connect` gave last. */
  constructor(url: URL, connect: buildConnector.connector, socket: () => Socket | undefined) {
    this.#url = url;
    this.#socket = socket;
    this.#client = new Client(url.origin, {
      connect: (options, callback) =>
        connect(options, (...result) => {
          const [, socket] = result;
          this.#memory = socket ? new ReadMemory(socket, (chunk) => this.#statusLine.see(chunk)) : undefined;
          callback(...result);
        }),
      allowH2: false,
      pipelining: 1,
      keepAliveTimeout: keepAliveMilliseconds,
      keepAliveMaxTimeout: keepAliveMilliseconds,
      maxHeaderSize,
      // Each phase has a timer of ours, which is on time and names the phase.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  get connected(): boolean {
    return this.#client.stats.connected && this.#socket()?.destroyed === false;
  }

  get httpVersion(): HttpVersion {
    return this.#statusLine.version;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#client.dispatch(options, {
      onRequestStart: (controller, context) => {
        const socket = this.#socket();
        if (socket) {
          this.#memory?.begin();
          this.#statusLine.begin();
          keepFieldOrder(socket, options, this.#url);
          if (options.body instanceof BodyStream) options.body.isSent = () => socket.writableLength === 0;
        }
        handler.onRequestStart?.(controller, context);
      },
      onRequestSent: () => handler.onRequestSent?.(),
      onResponseStarted: () => handler.onResponseStarted?.(),
      onResponseStart: (controller, status, headers, text) =>
        handler.onResponseStart?.(controller, status, headers, text),
      onResponseData: (controller, chunk) => {
        this.#memory?.next(chunk, !controller.paused);
        handler.onResponseData?.(controller, chunk);
      },
      onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
      onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
    });
  }

  async destroy(reason: Error): Promise<void> {
    if (!this.#client.destroyed) await this.#client.destroy(reason);
  }
}
