import type tls from "node:tls";
import type { buildConnector } from "undici";
import { type ConnectContext, newConnection } from "./connection.ts";
import type { Identity } from "./identity.ts";
import { openConnection } from "./open-connection.ts";
import type { Route } from "./route.ts";

/**
 * undici's connector, our way. Three properties matter, each has its test at the wire:
 * - Node enforces the verification; undici gets the socket only after every check, so an unverified server gets no byte,
 *   unless the person's own settings name its host.
 * - The name that is verified is the URL's host. undici's own connector would take it from the `Host` header.
 * - A refused chain is shown as it came, without a second connection.
 */
export function createConnector(
  identity: Identity | undefined,
  route: Route | undefined,
  context: () => ConnectContext,
): buildConnector.connector {
  return (options, callback) => {
    const { connectTimeout, handshakeTimeout, http2, onConnection } = context();
    const encrypted = options.protocol === "https:";
    const connection = newConnection(options.hostname, Number(options.port) || (encrypted ? 443 : 80), identity, route);
    if (http2) connection.protocols = ["h2", "http/1.1"];
    onConnection(connection);
    openConnection(connection, { connectTimeout, handshakeTimeout }).then(
      (socket) => callback(null, socket as tls.TLSSocket),
      (error: Error) => callback(error, null),
    );
  };
}
