import type { Socket } from "node:net";
import type { buildConnector } from "undici";

/** An idle connection is kept this long for the next click; less where the server says so (`Keep-Alive: timeout=`). */
export const keepAliveMilliseconds = 30_000;

/** In bytes, of status line and header fields. */
export const maxHeaderSize = 64 * 1024;

/** For a connection that is open already. There is no second one: the lane ends with it. */
export function givenSocket(socket: Socket): buildConnector.connector {
  let isGiven = false;
  return (_options, callback) => {
    const isOpen = !isGiven && !socket.destroyed;
    isGiven = true;
    // undici does not look at what it is given while it is still asking for it.
    queueMicrotask(() => {
      if (isOpen) callback(null, socket as Parameters<typeof callback>[1] & object);
      else callback(new Error("the connection was closed"), null);
    });
  };
}
