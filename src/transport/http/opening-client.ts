import type { Socket } from "node:net";
import type { buildConnector, Dispatcher } from "undici";
import type { HttpClient, HttpVersion } from "./client.ts";
import { ResponseControl } from "./control.ts";
import { dropBody } from "./outgoing.ts";

/** Opens the connection first: what is spoken over it depends on what the server chose by ALPN. */
export class OpeningClient implements HttpClient {
  readonly #url: URL;
  readonly #connect: buildConnector.connector;
  readonly #choose: (socket: Socket) => Promise<HttpClient>;
  #client: HttpClient | undefined;
  #ended: Error | undefined;

  constructor(url: URL, connect: buildConnector.connector, choose: (socket: Socket) => Promise<HttpClient>) {
    this.#url = url;
    this.#connect = connect;
    this.#choose = choose;
  }

  get connected(): boolean {
    return this.#client?.connected === true;
  }

  get httpVersion(): HttpVersion {
    return this.#client?.httpVersion ?? "1.1";
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    if (this.#client) {
      this.#client.dispatch(options, handler);
      return;
    }
    this.#open()
      .then((client) => client.dispatch(options, handler))
      .catch((error: unknown) => {
        dropBody(options.body);
        const reason = error instanceof Error ? error : new Error(String(error));
        handler.onResponseError?.(new ResponseControl(() => undefined), reason);
      });
  }

  async destroy(reason: Error): Promise<void> {
    this.#ended ??= reason;
    await this.#client?.destroy(reason);
  }

  async #open(): Promise<HttpClient> {
    const socket = await this.#connectSocket();
    // Nobody listens before there is a client: a connection that breaks now is told when it is used.
    const client = this.#ended ? undefined : await this.#choose(socket);
    if (this.#ended || !client) {
      socket.destroy();
      throw this.#ended ?? new Error("the connection was closed");
    }
    this.#client = client;
    return client;
  }

  #connectSocket(): Promise<Socket> {
    const { protocol, host, port } = this.#url;
    const hostname = this.#url.hostname.replace(/^\[|\]$/g, "");
    return new Promise((resolve, reject) => {
      this.#connect({ protocol, host, hostname, port }, (...[error, socket]) => {
        if (socket) resolve(socket);
        else reject(error ?? new Error("no connection"));
      });
    });
  }
}
