import http2 from "node:http2";
import type { Socket } from "node:net";
import type { Dispatcher } from "undici";
import type { HttpClient } from "./client.ts";
import { http2Fields } from "./fields.ts";
import { Http2Exchange } from "./http2-exchange.ts";
import type { GoAway } from "./http2-failure.ts";
import { outgoing } from "./outgoing.ts";
import { maxHeaderSize } from "./settings.ts";

/** Bytes that a server may send before they are taken: enough for a fast network, and little enough to hold. */
const streamWindow = 1024 * 1024;
const connectionWindow = 2 * streamWindow;

/**
 * HTTP/2 over a socket whose checks are done, by node:http2: undici joins the fields of a response into an object and
 * sends a refused request again by itself. One stream at a time, like the lanes of HTTP/1.1.
 */
export class Http2Client implements HttpClient {
  readonly httpVersion = "2";
  readonly #url: URL;
  readonly #socket: Socket;
  readonly #session: http2.ClientHttp2Session;
  #goAway: GoAway | undefined;

  constructor(socket: Socket, url: URL) {
    this.#url = url;
    this.#socket = socket;
    const session = http2.connect(url.origin, {
      createConnection: () => socket,
      // RFC 9113 §6.5.2. Node counts the size of a header section; so does undici's parser, to the same end.
      settings: { enablePush: false, initialWindowSize: streamWindow, maxHeaderListSize: maxHeaderSize },
      maxHeaderListPairs: 2000,
    });
    this.#session = session;
    session.once("connect", () => session.setLocalWindowSize(connectionWindow));
    session.on("goaway", (code, lastStreamId, data) => {
      this.#goAway ??= { code, lastStreamId, text: data ? Buffer.from(data).toString("latin1") : "" };
    });
    // The stream tells what it means for the exchange; between two exchanges it means that the connection is gone.
    session.on("error", () => undefined);
  }

  get connected(): boolean {
    const { closed, destroyed } = this.#session;
    return !closed && !destroyed && !this.#goAway && !this.#socket.destroyed;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    const { method, path, fields, body, length } = outgoing(options);
    const flat = http2Fields({ method, origin: this.#url, path, fields, length }).flat();
    const exchange = new Http2Exchange({
      host: this.#url.hostname,
      method,
      fields,
      body,
      handler,
      open: () => this.#session.request(flat, { endStream: body === undefined }),
      goAway: () => this.#goAway,
      isClosed: () => this.#session.closed || this.#session.destroyed || this.#socket.destroyed,
    });
    exchange.start();
  }

  async destroy(reason: Error): Promise<void> {
    if (!this.#session.destroyed) this.#session.destroy(reason);
    this.#socket.destroy();
  }
}
