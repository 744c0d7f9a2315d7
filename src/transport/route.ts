import type { Socket } from "node:net";
import type { TlsProfile } from "../settings/tls-profile.ts";
import type { Connection } from "./connection.ts";

/** A way to the host other than a direct one. All that it needs is loaded: it opens without a pause before the socket. */
export interface Route {
  /** Equal only for equal ways: connections are shared under it. Holds no credentials in clear. */
  readonly key: string;
  /** As `dial`. */
  readonly open: (connection: Connection) => Promise<Socket>;
}

/**
 * The way that the profile names; undefined: straight to the host. Code and files of the rarer ways are loaded here.
 * @throws {Failure} of families `network`, `policy` and `identity`
 */
export async function loadRoute({ socket, proxy }: TlsProfile): Promise<Route | undefined> {
  if (socket) {
    const { unixSocketRoute } = await import("./unix-socket.ts");
    return unixSocketRoute(socket);
  }
  if (!proxy) return undefined;
  const { proxyRoute } = await import("./proxy/tunnel.ts");
  return proxyRoute(proxy);
}
