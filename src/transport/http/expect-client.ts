import http from "node:http";
import type { Socket } from "node:net";
import type { Dispatcher } from "undici";
import type { HttpClient, HttpVersion } from "./client.ts";
import { ResponseControl } from "./control.ts";
import { Expectation, expectsContinue } from "./expectation.ts";
import { http1Fields } from "./fields.ts";
import { dropBody, outgoing, upload } from "./outgoing.ts";
import { maxHeaderSize } from "./settings.ts";

/** Gives node:http the one socket whose checks are done, and keeps it for the next request. */
class OneSocketAgent extends http.Agent {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    super({ keepAlive: true, maxSockets: 1 });
    this.#socket = socket;
  }

  override createConnection(): Socket {
    return this.#socket;
  }
}

/** HTTP/1.1 by node:http, for requests with `Expect`, which undici does not send. */
export class ExpectClient implements HttpClient {
  readonly #url: URL;
  readonly #socket: Socket;
  readonly #agent: http.Agent;
  #version: HttpVersion = "1.1";

  constructor(socket: Socket, url: URL) {
    this.#url = url;
    this.#socket = socket;
    this.#agent = new OneSocketAgent(socket);
  }

  get connected(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  get httpVersion(): HttpVersion {
    return this.#version;
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    const { method, path, fields, body, length } = outgoing(options);
    let settled = false;
    let hasResponse = false;
    const control = new ResponseControl((reason) => fail(reason));
    handler.onRequestStart?.(control, null);
    const request = http.request({
      agent: this.#agent,
      host: this.#url.hostname,
      method,
      path,
      headers: http1Fields({ method, origin: this.#url, fields, length }).flat(),
      setHost: false,
      // Explicit: --insecure-http-parser in NODE_OPTIONS must not win.
      insecureHTTPParser: false,
      maxHeaderSize,
    });
    const expectation = new Expectation(() => upload(body, request, fail));
    const settle = () => {
      if (settled) return false;
      settled = true;
      expectation.drop();
      dropBody(body);
      return true;
    };
    const fail = (error: Error) => {
      if (!settle()) return;
      request.destroy();
      this.#socket.destroy();
      handler.onResponseError?.(control, error);
    };
    const takeHead = (status = 0, text: string | undefined, rawHeaders: string[]) => {
      control.rawHeaders = rawHeaders;
      handler.onResponseStarted?.();
      handler.onResponseStart?.(control, status, {}, text);
    };

    request.on("error", fail);
    // Also where the server changes to a protocol that nobody asked for: node:http tells nothing of it but the end.
    request.once("close", () => {
      if (!hasResponse) fail(new Error("the connection was closed"));
    });
    request.once("finish", () => {
      if (!settled) handler.onRequestSent?.();
    });
    request.once("continue", () => expectation.meet());
    request.on("information", ({ statusCode, statusMessage, rawHeaders }) => {
      if (!settled) takeHead(statusCode, statusMessage, rawHeaders);
    });
    request.once("response", (response) => {
      hasResponse = true;
      expectation.drop();
      this.#version = response.httpVersion === "1.0" ? "1.0" : "1.1";
      control.attach(response);
      takeHead(response.statusCode, response.statusMessage, response.rawHeaders);
      response.on("data", (chunk: Buffer) => {
        if (!settled) handler.onResponseData?.(control, chunk);
      });
      response.once("error", fail);
      response.once("end", () => {
        control.rawTrailers = response.rawTrailers;
        // The server was promised a body that it does not get: the connection cannot go on (RFC 9112 §9.3).
        if (!request.writableFinished) this.#socket.destroy();
        if (settle()) handler.onResponseEnd?.(control, {});
      });
    });
    if (body !== undefined && expectsContinue(fields)) expectation.wait();
    else expectation.meet();
  }

  async destroy(reason: Error): Promise<void> {
    this.#socket.destroy(reason);
    this.#agent.destroy();
  }
}
