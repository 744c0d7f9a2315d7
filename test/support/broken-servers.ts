import { createServer as createHttpServer } from "node:http";
import type { Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from "node:tls";
import { type LoopbackServer, listenOnLoopback } from "../../src/demo/loopback.ts";

export type DisposableServer = LoopbackServer & AsyncDisposable;

/** Accepts TCP connections and never sends a byte: for the handshake timeout. */
export function startSilentServer(): Promise<DisposableServer> {
  return start((socket) => socket.resume());
}

/** Resets the connection as soon as the client's first bytes (its ClientHello) arrive. */
export function startResettingServer(): Promise<DisposableServer> {
  return start((socket) => socket.once("data", () => socket.resetAndDestroy()));
}

/** Plain HTTP where a client expects TLS; answers 200 to anything it can read. */
export function startPlainHttpServer(body = "plain"): Promise<DisposableServer> {
  const server = createHttpServer((_request, response) => response.end(body));
  return start((socket) => server.emit("connection", socket));
}

/** TLS without HTTP: `onSocket` gets each connection after its handshake, to write any bytes as a response. */
export function startRawTlsServer(
  options: TlsOptions,
  onSocket: (socket: TLSSocket) => void,
): Promise<DisposableServer> {
  const server = createTlsServer(options, (socket) => {
    socket.on("error", () => undefined);
    onSocket(socket);
  });
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  return start((socket) => server.emit("connection", socket));
}

/** A port of 127.0.0.1 and ::1 where nothing listens (it was free a moment ago). */
export async function unusedPort(): Promise<number> {
  const server = await listenOnLoopback((socket) => socket.destroy());
  await server.close();
  return server.port;
}

async function start(accept: (socket: Socket) => void): Promise<DisposableServer> {
  const server = await listenOnLoopback(accept);
  return Object.assign(server, { [Symbol.asyncDispose]: server.close });
}
