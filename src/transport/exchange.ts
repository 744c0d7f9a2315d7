import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import type { Connection } from "./connection.ts";
import { decodeBody, maxBodyBytes, tooLarge } from "./decode.ts";
import type { Lane } from "./pool.ts";
import type { TransportRequest } from "./request.ts";
import type { ReceivedResponse } from "./response.ts";
import { sniffHttpVersion } from "./status-line.ts";
import { Canceled, PhaseTimeout } from "./timeouts.ts";

/** What happened on the wire, when; `performance.now()` milliseconds. Filled in while the exchange goes on. */
export interface ExchangeState {
  readonly start: number;
  connection: Connection | undefined;
  reused: boolean;
  sendStart?: number;
  sendEnd?: number;
  firstByte?: number;
  end?: number;
}

type RawHead = { status: number; statusText: string; headers: [string, string][] };

/**
 * Sends one request on a lane. Rejects with the first error that ended it; `state` then tells how far it came.
 * Every phase has a timer here. A timer or `signal` ends the exchange at once by destroying the lane's client: undici
 * itself does not look at a signal while it connects (nodejs/undici#386).
 */
export function exchange(
  lane: Lane,
  request: TransportRequest,
  state: ExchangeState,
  signal: AbortSignal,
): Promise<ReceivedResponse> {
  return new Promise((resolve, reject) => {
    const { timeouts } = request;
    const chunks: Buffer[] = [];
    let received = 0;
    let head: RawHead | undefined;
    let phaseTimer: NodeJS.Timeout | undefined;
    let httpVersion: () => ReceivedResponse["httpVersion"] = () => "1.1";

    const end = () => {
      clearTimeout(phaseTimer);
      clearTimeout(totalTimer);
      signal.removeEventListener("abort", cancel);
      state.end = performance.now();
    };
    const fail = (error: Error) => {
      end();
      reject(error);
    };
    const stop = (reason: Error) => {
      fail(reason);
      lane.client.destroy(reason).catch(() => undefined);
    };
    const arm = (phase: "response" | "idle") => {
      clearTimeout(phaseTimer);
      phaseTimer = setTimeout(() => stop(new PhaseTimeout(phase, timeouts[phase])), timeouts[phase]);
    };
    const cancel = () => stop(new Canceled());
    const { timeLeft = timeouts.total } = request;
    const totalTimer = setTimeout(() => stop(new PhaseTimeout("total", timeouts.total)), timeLeft);
    if (signal.aborted) return cancel();
    if (timeLeft <= 0) return stop(new PhaseTimeout("total", timeouts.total));
    signal.addEventListener("abort", cancel);

    state.reused = lane.connected;
    state.connection = state.reused ? lane.connection : undefined;
    lane.begin({
      connectTimeout: timeouts.connect,
      handshakeTimeout: timeouts.handshake,
      onConnection: (connection) => {
        state.connection = connection;
        state.reused = false;
      },
    });

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {
        state.sendStart = performance.now();
        const { connection } = state;
        if (connection) connection.exchanges++;
        if (connection?.socket) httpVersion = sniffHttpVersion(connection.socket);
      },
      onRequestSent() {
        state.sendEnd = performance.now();
        arm("response");
      },
      onResponseStarted() {
        state.firstByte ??= performance.now();
      },
      onResponseStart(controller, status, _headers, statusText = "") {
        state.sendEnd ??= performance.now();
        arm("idle");
        // 1xx responses come before the final one (RFC 9110 §15.2).
        head = { status, statusText, headers: pairs(controller.rawHeaders) };
      },
      onResponseData(_controller, chunk) {
        arm("idle");
        received += chunk.length;
        if (received > maxBodyBytes) return stop(tooLarge());
        chunks.push(chunk);
      },
      onResponseEnd() {
        end();
        if (!head) return reject(new Error("the response has no head"));
        const { headers, ...status } = head;
        const encoding = headers
          .filter(([name]) => name.toLowerCase() === "content-encoding")
          .map(([, value]) => value);
        decodeBody(Buffer.concat(chunks), encoding.join(",")).then((body) => {
          resolve({
            httpVersion: httpVersion(),
            ...status,
            headers,
            informational: [],
            trailers: [],
            body,
            bodySize: body.length,
            bodyFile: undefined,
            encodedBodySize: received,
          });
        }, reject);
      },
      onResponseError(_controller, error) {
        fail(error);
      },
    };
    try {
      lane.client.dispatch(dispatchOptions(request), handler);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function dispatchOptions({ method, url, headers, body }: TransportRequest): Dispatcher.DispatchOptions {
  return {
    method: method as Dispatcher.HttpMethod,
    path: `${url.pathname}${url.search}`,
    // undici writes each character as one octet; other letters go out as UTF-8, as everybody reads them.
    headers: headers.flatMap(([name, value]) => [name, Buffer.from(value, "utf8").toString("latin1")]),
    body: body === undefined ? null : body instanceof Uint8Array ? body : Readable.from(body.open()),
  };
}

/** Raw header lines come as a flat list of names and values; field values are Latin-1 octets (RFC 9110 §5.5). */
function pairs(raw: unknown): [string, string][] {
  if (!Array.isArray(raw)) return [];
  const texts = raw.map((part) => (Buffer.isBuffer(part) ? part.toString("latin1") : String(part)));
  const result: [string, string][] = [];
  for (let index = 0; index + 1 < texts.length; index += 2) {
    result.push([texts[index] as string, texts[index + 1] as string]);
  }
  return result;
}
