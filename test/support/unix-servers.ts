import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

export interface UnixServer extends AsyncDisposable {
  /** What arrived, decrypted, as Latin-1. */
  readonly received: string;
  readonly connections: number;
}

/** An HTTP server that listens on a Unix domain socket; it answers each request with 200. */
export async function startUnixServer(path: string, tls?: TlsOptions): Promise<UnixServer> {
  let [received, connections] = ["", 0];
  const sockets = new Set<Socket>();
  const accept = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString("latin1");
      if (received.endsWith("\r\n\r\n")) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
  };
  const server = tls ? createTlsServer(tls, accept) : createServer(accept);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    get received() {
      return received;
    },
    get connections() {
      return connections;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
