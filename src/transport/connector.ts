import type tls from "node:tls";
import type { buildConnector } from "undici";
import type { ConnectContext, Connection } from "./connection.ts";
import { dial } from "./dial.ts";
import type { Identity } from "./identity.ts";
import { secure } from "./secure.ts";
import { PhaseTimeout } from "./timeouts.ts";

/**
 * undici's connector, our way. Three properties matter, each has its test at the wire:
 * - Node enforces the verification; undici gets the socket only after every check, so an unverified server gets no byte,
 *   unless the person's own settings name its host.
 * - The name that is verified is the URL's host. undici's own connector would take it from the `Host` header.
 * - A refused chain is shown as it came, without a second connection.
 */
export function createConnector(
  identity: Identity | undefined,
  context: () => ConnectContext,
): buildConnector.connector {
  return (options, callback) => {
    const { connectTimeout, handshakeTimeout, onConnection } = context();
    const encrypted = options.protocol === "https:";
    const connection = newConnection(options.hostname, Number(options.port) || (encrypted ? 443 : 80), identity);
    onConnection(connection);
    let settled = false;
    let timer: NodeJS.Timeout | undefined;
    const arm = (phase: "connect" | "handshake", milliseconds: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(new PhaseTimeout(phase, milliseconds)), milliseconds);
    };

    function fail(error: Error): void {
      connection.firstError ??= error;
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      connection.socket?.destroy();
      callback(error, null);
    }
    async function open(): Promise<void> {
      arm("connect", connectTimeout);
      const raw = await dial(connection);
      if (settled) return;
      if (identity) arm("handshake", handshakeTimeout);
      const socket = identity ? await secure(raw, connection, identity) : raw;
      socket.on("error", (error: Error) => {
        connection.firstError ??= error;
      });
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      callback(null, socket as tls.TLSSocket);
    }
    open().catch((error: unknown) => fail(error instanceof Error ? error : new Error(String(error))));
  };
}

function newConnection(host: string, port: number, identity: Identity | undefined): Connection {
  return {
    host,
    port,
    encrypted: identity !== undefined,
    identity,
    openedAt: Date.now(),
    times: { start: performance.now() },
    remoteAddress: null,
    remotePort: null,
    handshake: undefined,
    certificateRequested: null,
    verified: false,
    accepted: undefined,
    verifyError: undefined,
    verifyProblem: undefined,
    firstError: undefined,
    socket: undefined,
    exchanges: 0,
  };
}
