import { createSecureServer } from "node:http2";
import type { TlsOptions } from "node:tls";
import { type LoopbackServer, listenOnLoopback } from "./loopback.ts";

export interface Http2Server extends LoopbackServer {
  /** `https://localhost:PORT`, without a slash at the end. */
  readonly url: string;
  /** Requests so far. */
  readonly requests: number;
}

/** A server on a free loopback port that answers every request over HTTP/2 with the same JSON. */
export async function startHttp2Server(options: TlsOptions, answer: unknown): Promise<Http2Server> {
  let requests = 0;
  const server = createSecureServer({ ...options, allowHTTP1: false });
  server.on("stream", (stream) => {
    requests += 1;
    stream.on("error", () => undefined);
    stream.respond({ ":status": 200, "content-type": "application/json; charset=utf-8" });
    stream.end(JSON.stringify(answer));
  });
  // A client may go away in the middle of a session or of a handshake.
  server.on("sessionError", () => undefined);
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  const loopback = await listenOnLoopback((socket) => server.emit("connection", socket));
  return {
    url: `https://localhost:${loopback.port}`,
    port: loopback.port,
    get connections() {
      return loopback.connections;
    },
    get open() {
      return loopback.open;
    },
    get requests() {
      return requests;
    },
    reset: loopback.reset,
    close: loopback.close,
  };
}
