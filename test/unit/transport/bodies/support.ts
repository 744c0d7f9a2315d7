import { createServer, type RequestListener } from "node:http";
import type { Socket } from "node:net";
import { listenOnLoopback } from "../../../../src/demo/loopback.ts";
import type { BodyStore, TransportRequest } from "../../../../src/transport/index.ts";
import { get } from "../support.ts";

/** Not encrypted: what is tested is the body, and it saves the time of the handshakes. */
export async function startHttp(listener: RequestListener) {
  const server = createServer(listener);
  const sockets = new Set<Socket>();
  const loopback = await listenOnLoopback((socket) => {
    sockets.add(socket);
    server.emit("connection", socket);
  });
  return {
    url: `http://localhost:${loopback.port}/`,
    sockets,
    [Symbol.asyncDispose]: loopback.close,
  };
}

/** Answers every request with these bytes, whatever they are, and then ends the connection unless it is to stay open. */
export async function startRaw(write: (socket: Socket) => void) {
  const loopback = await listenOnLoopback((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => write(socket));
  });
  return { url: `http://localhost:${loopback.port}/`, [Symbol.asyncDispose]: loopback.close };
}

export function request(url: string, changes: Partial<TransportRequest> = {}): TransportRequest {
  return get(url, changes);
}

/** Counts what is stored, without keeping it. */
export class CountingStore implements BodyStore {
  created = 0;
  size = 0;
  ended = 0;
  first: Uint8Array | undefined;
  /** The most writes that waited at once. */
  readonly write: (chunk: Uint8Array) => Promise<void>;

  constructor(write: (chunk: Uint8Array) => Promise<void> = async () => undefined) {
    this.write = write;
  }

  async create() {
    this.created++;
    return {
      path: "/nowhere",
      write: async (chunk: Uint8Array) => {
        this.first ??= chunk;
        this.size += chunk.length;
        await this.write(chunk);
      },
      end: async () => {
        this.ended++;
      },
    };
  }
}
