import type { ClientHttp2Stream } from "node:http2";
import type { Dispatcher } from "undici";
import { ResponseControl } from "./control.ts";
import { Expectation, expectsContinue } from "./expectation.ts";
import type { Field } from "./fields.ts";
import { type GoAway, streamFailure } from "./http2-failure.ts";
import { dropBody, type Outgoing, upload } from "./outgoing.ts";

export interface Http2ExchangeInit {
  readonly host: string;
  readonly method: string;
  readonly fields: readonly Field[];
  readonly body: Outgoing["body"];
  readonly handler: Dispatcher.DispatchHandler;
  readonly open: () => ClientHttp2Stream;
  readonly goAway: () => GoAway | undefined;
  /** Is the connection gone? */
  readonly isClosed: () => boolean;
}

/** RFC 9113 §7. */
const cancelCode = 0x8;

/** One request and its response, on a stream of its own. Whatever ends it goes to the handler, once. */
export class Http2Exchange {
  readonly #init: Http2ExchangeInit;
  readonly #control = new ResponseControl((reason) => this.#fail(reason));
  #stream: ClientHttp2Stream | undefined;
  #expectation: Expectation | undefined;
  #isSettled = false;
  #hasHead = false;
  /** Did the server say that its response is complete? */
  #isWhole = false;

  constructor(init: Http2ExchangeInit) {
    this.#init = init;
  }

  start(): void {
    const { handler, open } = this.#init;
    handler.onRequestStart?.(this.#control, null);
    if (this.#isSettled) return;
    try {
      this.#stream = open();
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    this.#control.attach(this.#stream);
    this.#send(this.#stream);
    this.#receive(this.#stream);
  }

  #send(stream: ClientHttp2Stream): void {
    const { body, fields, handler } = this.#init;
    stream.once("finish", () => {
      if (!this.#isSettled) handler.onRequestSent?.();
    });
    if (body === undefined) return;
    const send = () => upload(body, stream, (error) => this.#fail(error));
    if (!expectsContinue(fields)) {
      send();
      return;
    }
    const expectation = new Expectation(send);
    this.#expectation = expectation;
    stream.once("continue", () => expectation.meet());
    // A stream that waits for its turn has asked nothing yet.
    if (stream.pending) stream.once("ready", () => expectation.wait());
    else expectation.wait();
  }

  #receive(stream: ClientHttp2Stream): void {
    const { handler } = this.#init;
    this.#watchEnd(stream);
    stream.on("headers", (_headers, _flags, raw) => this.#takeHead(raw));
    stream.once("response", (_headers, _flags, raw) => {
      this.#expectation?.drop();
      this.#hasHead = true;
      this.#takeHead(raw);
    });
    stream.on("data", (chunk: Buffer) => {
      if (!this.#isSettled) handler.onResponseData?.(this.#control, chunk);
    });
    stream.once("trailers", (_headers, _flags, raw) => {
      this.#control.rawTrailers = raw;
    });
    stream.once("end", () => this.#end(stream));
    stream.once("error", (error: Error) => this.#fail(this.#explained(error)));
    stream.once("close", () => this.#fail(this.#explained()));
  }

  /** The raw fields begin with `:status`, the only pseudo-header field of a response (RFC 9113 §8.3.2). */
  #takeHead([, status, ...fields]: readonly string[]): void {
    if (this.#isSettled) return;
    const { handler } = this.#init;
    this.#control.rawHeaders = fields;
    handler.onResponseStarted?.();
    handler.onResponseStart?.(this.#control, Number(status), {}, "");
  }

  #end(stream: ClientHttp2Stream): void {
    if (!this.#isWhole || !this.#hasHead || stream.rstCode !== 0) {
      this.#fail(this.#explained());
      return;
    }
    if (!this.#settle()) return;
    // The rest of the request is of no use to a server that has answered already (RFC 9113 §8.1).
    if (!stream.writableFinished) stream.close(cancelCode);
    this.#init.handler.onResponseEnd?.(this.#control, {});
  }

  /**
   * Node ends the body of a stream that the server broke off without an error (RST_STREAM with NO_ERROR) like one that is
   * complete, and closes either before the body is read. Only the order tells: END_STREAM comes before the stream is
   * closed (RFC 9113 §8.1).
   */
  #watchEnd(stream: ClientHttp2Stream): void {
    const { push } = stream;
    stream.push = (chunk: unknown, encoding?: BufferEncoding) => {
      if (chunk === null && !stream.closed) this.#isWhole = true;
      return push.call(stream, chunk, encoding);
    };
  }

  #explained(error?: Error): Error {
    const { host, goAway, isClosed } = this.#init;
    const stream = this.#stream;
    return streamFailure(error, {
      host,
      id: stream?.id,
      code: stream?.rstCode ?? 0,
      goAway: goAway(),
      isClosed: isClosed(),
      hasHead: this.#hasHead,
    });
  }

  #fail(error: Error): void {
    if (!this.#settle()) return;
    if (this.#stream && !this.#stream.closed) this.#stream.close(cancelCode);
    this.#init.handler.onResponseError?.(this.#control, error);
  }

  #settle(): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    this.#expectation?.drop();
    dropBody(this.#init.body);
    return true;
  }
}
