import http2 from "node:http2";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { type LoopbackServer, listenOnLoopback } from "../../src/demo/loopback.ts";
import { type DisposableServer, startRawTlsServer } from "./broken-servers.ts";

export interface Http2Request {
  readonly httpVersion: string;
  readonly method: string;
  /** Names and values in turn, as sent; pseudo-header fields too. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface Http2Server extends LoopbackServer, AsyncDisposable {
  readonly url: string;
  /** Requests whose body arrived whole, in that order. */
  readonly recorded: readonly Http2Request[];
  /** TLS handshakes, and how many of them resumed a session. */
  readonly handshakes: number;
  readonly resumed: number;
}

type Handler = (request: http2.Http2ServerRequest, response: http2.Http2ServerResponse, got: Http2Request) => void;

/** An HTTP/2 server at `localhost` that records what reaches it; with `allowHTTP1` it speaks both, by ALPN. */
export async function startHttp2Server(
  options: http2.SecureServerOptions,
  handler: Handler = (_request, response) => response.end("ok"),
  onStream?: (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void,
): Promise<Http2Server> {
  const recorded: Http2Request[] = [];
  let handshakes = 0;
  let resumed = 0;
  const server = http2.createSecureServer(options);
  const answer = (request: http2.Http2ServerRequest, response: http2.Http2ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { httpVersion, method, rawHeaders } = request;
      const got = { httpVersion, method, rawHeaders, body: Buffer.concat(chunks) };
      recorded.push(got);
      handler(request, response, got);
    });
  };
  if (onStream) {
    server.on("stream", (stream, headers) => {
      stream.on("error", () => undefined);
      onStream(stream, headers);
    });
  } else {
    server.on("request", answer);
  }
  server.on("secureConnection", (socket: TLSSocket) => {
    handshakes += 1;
    if (socket.isSessionReused()) resumed += 1;
  });
  server.on("sessionError", () => undefined);
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  const loopback = await listenOnLoopback((socket) => server.emit("connection", socket));
  return {
    url: `https://localhost:${loopback.port}`,
    port: loopback.port,
    recorded,
    get handshakes() {
      return handshakes;
    },
    get resumed() {
      return resumed;
    },
    get connections() {
      return loopback.connections;
    },
    get open() {
      return loopback.open;
    },
    reset: loopback.reset,
    close: loopback.close,
    [Symbol.asyncDispose]: loopback.close,
  };
}

/** RFC 9113 §4.1. */
export function frame(type: number, flags: number, stream: number, payload: Uint8Array = new Uint8Array()): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const endHeaders = 4;

/** `:status: 200` (RFC 7541 appendix A) on stream 1. */
export const ok = frame(1, endHeaders, 1, Buffer.from([0x88]));
export const data = (text: string, flags = 0) => frame(0, flags, 1, Buffer.from(text));
export const reset = (code: number) => frame(3, 0, 1, number32(code));
export const goAway = (lastStream: number, code: number, text = "") =>
  frame(7, 0, 0, Buffer.concat([number32(lastStream), number32(code), Buffer.from(text)]));

/** Speaks HTTP/2 by hand: settings at once, then `answer` as the first request has come. */
export function startFrameServer(
  identity: { readonly cert: string; readonly key: string },
  answer: (socket: Socket) => void,
): Promise<DisposableServer> {
  return startRawTlsServer({ ...identity, ALPNProtocols: ["h2"] }, (socket) => {
    let received = Buffer.alloc(0);
    let hasAnswered = false;
    socket.write(frame(4, 0, 0));
    socket.once("end", () => socket.end());
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (hasAnswered || !holdsHeaders(received.subarray(preface.length))) return;
      hasAnswered = true;
      answer(socket);
    });
  });
}

const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

function holdsHeaders(bytes: Buffer): boolean {
  for (let at = 0; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3)) if (bytes[at + 3] === 1) return true;
  return false;
}
