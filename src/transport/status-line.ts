import type { Socket } from "node:net";
import type { ReceivedResponse } from "./response.ts";

/**
 * undici does not tell the version in the status line (RFC 9112 §4), so the first bytes that the socket delivers are
 * looked at on their way to its parser. Call it once an exchange, before the response; the answer is there after it.
 */
export function sniffHttpVersion(socket: Socket): () => ReceivedResponse["httpVersion"] {
  let head = "";
  const read = socket.read;
  socket.read = (size?: number) => {
    const chunk = read.call(socket, size);
    if (chunk) {
      head += (Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)).toString("latin1", 0, 8 - head.length);
      if (head.length >= 8) socket.read = read;
    }
    return chunk;
  };
  return () => (head.startsWith("HTTP/1.0") ? "1.0" : "1.1");
}
