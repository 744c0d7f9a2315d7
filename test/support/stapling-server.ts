import { createServer } from "node:https";
import type { TlsOptions } from "node:tls";
import { type LoopbackServer, listenOnLoopback } from "../../src/demo/loopback.ts";

export interface StaplingServer extends LoopbackServer, AsyncDisposable {
  readonly url: string;
  /** How many handshakes asked for an OCSP response. */
  readonly asked: number;
  /** Decrypted bytes: 0 proves that no byte of any request arrived. */
  readonly receivedBytes: number;
}

/** An HTTPS server at `localhost` that staples `response` (RFC 6066 §8); nothing where it is null. */
export async function startStaplingServer(options: TlsOptions, response: Buffer | null): Promise<StaplingServer> {
  let asked = 0;
  let receivedBytes = 0;
  const server = createServer(options, (_request, answer) => answer.end('{"ok":true}'));
  server.on("OCSPRequest", (_certificate, _issuer, callback) => {
    asked += 1;
    // Null is what Node wants for "none"; its types say Buffer.
    callback(null, response as Buffer);
  });
  server.on("secureConnection", (socket) => {
    socket.on("data", (chunk: Buffer) => {
      receivedBytes += chunk.length;
    });
    socket.on("error", () => undefined);
  });
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
    get asked() {
      return asked;
    },
    get receivedBytes() {
      return receivedBytes;
    },
    reset: loopback.reset,
    close: loopback.close,
    [Symbol.asyncDispose]: loopback.close,
  };
}
