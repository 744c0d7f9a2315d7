import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { TlsOptions } from "node:tls";
import type { Identity } from "../../src/certs/pki.ts";
import { type HttpsServer, startHttpsServer } from "../../src/demo/https-server.ts";

export type { HttpsServer } from "../../src/demo/https-server.ts";
export type { LoopbackServer } from "../../src/demo/loopback.ts";
export {
  type DisposableServer,
  startPlainHttpServer,
  startRawTlsServer,
  startResettingServer,
  startSilentServer,
  unusedPort,
} from "./broken-servers.ts";
export * as handlers from "./handlers.ts";

/** One request as it arrived. */
export interface RecordedRequest {
  readonly method: string;
  /** The request target as sent: path and query. */
  readonly url: string;
  /** Names and values in turn; order, case and duplicates as sent. */
  readonly rawHeaders: readonly string[];
  readonly httpVersion: string;
  /** Of the connection: two requests with the same number used the same TLS connection. Starts at 1. */
  readonly connection: number;
  readonly body: Buffer;
}

export interface TlsServer extends HttpsServer, AsyncDisposable {
  /** Requests whose body arrived whole, in that order. */
  readonly recorded: readonly RecordedRequest[];
}

export type TlsServerOptions = Pick<
  TlsOptions,
  "cert" | "key" | "ca" | "requestCert" | "rejectUnauthorized" | "minVersion" | "maxVersion" | "ciphers"
> & {
  /** Answers after the request is recorded; default: 200 with the JSON `{"ok":true}`. */
  readonly handler?: (request: IncomingMessage, response: ServerResponse, recorded: RecordedRequest) => void;
};

/** An HTTPS server at `localhost`, 127.0.0.1 and ::1 that records what reaches it. */
export async function startTlsServer({ handler = answerOk, ...tls }: TlsServerOptions): Promise<TlsServer> {
  const recorded: RecordedRequest[] = [];
  const numbers = new Map<Socket, number>();
  const listener: RequestListener = (request, response) => {
    const connection = numbers.get(request.socket) ?? numbers.size + 1;
    numbers.set(request.socket, connection);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", rawHeaders, httpVersion } = request;
      const record = { method, url, rawHeaders, httpVersion, connection, body: Buffer.concat(chunks) };
      recorded.push(record);
      handler(request, response, record);
    });
  };
  const server = await startHttpsServer(tls, listener);
  return Object.assign(server, { recorded, [Symbol.asyncDispose]: server.close });
}

/** The options that make a server show this certificate with its intermediates. */
export function serverIdentity(identity: Identity): { readonly cert: string; readonly key: string } {
  return { cert: identity.chainPem, key: identity.privateKeyPem };
}

function answerOk(_request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("content-type", "application/json");
  response.end('{"ok":true}');
}
