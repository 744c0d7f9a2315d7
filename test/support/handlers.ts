import type { IncomingMessage, ServerResponse } from "node:http";

/** Handlers for `startTlsServer` that answer in a way no server should; the request itself is always recorded. */

/** Says nothing after the request: for the response timeout. */
export function neverAnswer(): void {}

/** Sends status and headers, then nothing more: for the idle timeout. */
export function headersThenStall(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/plain", "content-length": "1000" });
  response.flushHeaders();
}

/** Sends headers and 10 of 1000 bytes, then nothing more. */
export function halfBodyThenStall(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/plain", "content-length": "1000" });
  response.write("0123456789");
}

/** Closes the connection in place of a response. For a TCP reset call `server.reset()` in a handler. */
export function closeBeforeHeaders(request: IncomingMessage): void {
  request.socket.destroy();
}

/** Sends headers and 10 of 1000 bytes, then closes the connection. */
export function closeMidBody(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/plain", "content-length": "1000" });
  response.write("0123456789", () => request.socket.destroy());
}
