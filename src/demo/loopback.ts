import { createServer, type Server, type Socket } from "node:net";

/** A server that listens on this machine only, at the same port for IPv4 and, where there is one, IPv6. */
export interface LoopbackServer {
  readonly port: number;
  /** TCP connections accepted so far. */
  readonly connections: number;
  /** TCP connections that are open now. */
  readonly open: number;
  /** Resets every open connection (a TCP RST: the client sees ECONNRESET); goes on listening. */
  reset(): void;
  /** Stops listening and closes what is still connected. */
  close(): Promise<void>;
}

/**
 * Listens on a free port of 127.0.0.1 and the same port of ::1, because `localhost` may mean either and a client that
 * tries ::1 first should not reach a stranger there. Every accepted socket goes to `accept`.
 */
export async function listenOnLoopback(accept: (socket: Socket) => void): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const onConnection = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // A client may go away at any time; that is no concern of a server that answers loopback only.
    socket.on("error", () => undefined);
    accept(socket);
  };
  const servers = await listenOnBoth(onConnection);
  return {
    port: portOf(servers[0]),
    get connections() {
      return connections;
    },
    get open() {
      return sockets.size;
    },
    reset: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    close: async () => {
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

const attempts = 20;

async function listenOnBoth(onConnection: (socket: Socket) => void): Promise<[Server, ...Server[]]> {
  for (let attempt = 1; ; attempt += 1) {
    const first = await listen(onConnection, "127.0.0.1", 0);
    try {
      return [first, await listen(onConnection, "::1", portOf(first))];
    } catch (error) {
      if (codeOf(error) !== "EADDRINUSE") return [first]; // no IPv6 on this machine
      first.close();
      if (attempt === attempts) throw error;
    }
  }
}

function listen(onConnection: (socket: Socket) => void, host: string, port: number): Promise<Server> {
  // allowHalfOpen as node:http has it: a client that ended its side still gets its response.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
  return address.port;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
