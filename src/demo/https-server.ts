import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { TlsOptions } from "node:tls";
import { type LoopbackServer, listenOnLoopback } from "./loopback.ts";

/** What an HTTPS server saw; the counts only grow. */
export interface HttpsServer extends LoopbackServer {
  /** `https://localhost:PORT`, without a slash at the end. */
  readonly url: string;
  /** TLS handshakes that came to their end on the server's side. */
  readonly handshakes: number;
  /** Decrypted bytes received on all connections: 0 proves that no byte of any request arrived. */
  readonly receivedBytes: number;
  /** Requests whose header section arrived whole. */
  readonly requests: number;
}

/** An HTTPS server on a free loopback port. */
export async function startHttpsServer(options: TlsOptions, handler: RequestListener): Promise<HttpsServer> {
  let handshakes = 0;
  let receivedBytes = 0;
  let requests = 0;
  const server = createServer(options, (request, response) => {
    requests += 1;
    handler(request, response);
  });
  server.on("secureConnection", (socket) => {
    handshakes += 1;
    // Added after node:http's own listener and before any data: both get every chunk.
    socket.on("data", (chunk: Buffer) => {
      receivedBytes += chunk.length;
    });
    socket.on("error", () => undefined);
  });
  // A refused handshake: the client's failure view tells it, the server has nothing to add.
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
    get handshakes() {
      return handshakes;
    },
    get receivedBytes() {
      return receivedBytes;
    },
    get requests() {
      return requests;
    },
    reset: loopback.reset,
    close: loopback.close,
  };
}
