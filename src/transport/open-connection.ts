import type { Socket } from "node:net";
import type { Connection } from "./connection.ts";
import { dial } from "./dial.ts";
import { secure } from "./secure.ts";
import { PhaseTimeout } from "./timeouts.ts";

/** Milliseconds. */
export interface OpeningTimes {
  readonly connectTimeout: number;
  readonly handshakeTimeout: number;
}

/**
 * Opens a connection and, where it has an identity, secures it, each within its time. Resolves to the socket that may be
 * used: everything is checked by then. Rejects with the first error, which `connection.firstError` keeps; no socket is
 * left open. Whoever ends it earlier destroys `connection.socket`.
 */
export function openConnection(connection: Connection, times: OpeningTimes): Promise<Socket> {
  const { identity } = connection;
  return new Promise((resolve, reject) => {
    let settled = false;
    let timer: NodeJS.Timeout | undefined;
    const arm = (phase: "connect" | "handshake", milliseconds: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(new PhaseTimeout(phase, milliseconds)), milliseconds);
    };
    const fail = (error: Error) => {
      connection.firstError ??= error;
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      connection.socket?.destroy();
      reject(error);
    };
    const open = async () => {
      arm("connect", times.connectTimeout);
      const raw = await dial(connection);
      connection.localAddress = raw.localAddress ?? null;
      if (settled) return;
      if (identity) arm("handshake", times.handshakeTimeout);
      const socket = identity ? await secure(raw, connection, identity) : raw;
      socket.on("error", (error: Error) => {
        connection.firstError ??= error;
      });
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      resolve(socket);
    };
    open().catch((error: unknown) => fail(error instanceof Error ? error : new Error(String(error))));
  });
}
