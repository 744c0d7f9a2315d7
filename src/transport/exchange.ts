import type { Dispatcher } from "undici";
import { BodyStream } from "./body-stream.ts";
import type { Connection } from "./connection.ts";
import { PhaseTimer } from "./phase-timer.ts";
import type { Lane } from "./pool.ts";
import { ResponseReceiver } from "./receive.ts";
import type { TransportRequest } from "./request.ts";
import type { ReceivedResponse } from "./response.ts";
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
  receiver?: ResponseReceiver;
}

/** A quiet event stream is given this many times the idle timeout: servers that say "still there" do it once a minute. */
const eventStreamPatience = 10;

/**
 * Sends one request on a lane. Rejects with the first error that ended it; `state` then tells how far it came.
 * Every phase has a timer here. A timer or `signal` ends the exchange at once by destroying the lane's client: undici
 * itself does not look at a signal while it connects (nodejs/undici#386).
 *
 * @param onProgress called when the head of the response is there, and with each piece of its body
 */
export function exchange(
  lane: Lane,
  request: TransportRequest,
  state: ExchangeState,
  signal: AbortSignal,
  onProgress: (piece?: Uint8Array) => void,
): Promise<ReceivedResponse> {
  return new Promise((resolve, reject) => {
    const { timeouts } = request;
    let phase: "response" | "idle" = "response";
    let limit = timeouts.response;
    const phaseTimer = new PhaseTimer(() => stop(new PhaseTimeout(phase, limit)), true);
    let patience = 1;
    const receiver = new ResponseReceiver(request, () => lane.client.httpVersion, onProgress);
    state.receiver = receiver;

    const end = () => {
      phaseTimer.clear();
      clearTimeout(totalTimer);
      signal.removeEventListener("abort", cancel);
      state.end = performance.now();
    };
    const fail = (error: Error) => {
      end();
      reject(error);
    };
    const stop = (reason: unknown) => {
      const error = reason instanceof Error ? reason : new Error(String(reason));
      fail(error);
      lane.client.destroy(error).catch(() => undefined);
    };
    const arm = (next: "response" | "idle") => {
      if (state.end !== undefined) return;
      phase = next;
      limit = timeouts[phase] * patience;
      phaseTimer.set(limit);
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

    /** Reads no more until what has come is decoded and stored. Meanwhile it is not the server that is idle. */
    const waitFor = (stored: Promise<void>, controller: Dispatcher.DispatchController) => {
      phaseTimer.clear();
      controller.pause();
      stored.then(() => {
        arm("idle");
        controller.resume();
      }, stop);
    };
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {
        state.sendStart = performance.now();
        const { connection } = state;
        if (connection) connection.exchanges++;
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
        try {
          receiver.head({ status, statusText, headers: pairs(controller.rawHeaders) });
        } catch (error) {
          return stop(error);
        }
        // 1xx responses come before the final one (RFC 9110 §15.2).
        if (status < 200) return arm("response");
        if (receiver.isEventStream) {
          patience = eventStreamPatience;
          if (!request.hasOwnTimeout) clearTimeout(totalTimer);
        }
        arm("idle");
        onProgress();
      },
      onResponseData(controller, chunk) {
        // undici's parser says "no bytes" each time that it is resumed: to pause for that would never end.
        if (state.end !== undefined || chunk.length === 0) return;
        try {
          const stored = receiver.data(chunk);
          if (stored) waitFor(stored, controller);
          else arm("idle");
        } catch (error) {
          stop(error);
        }
      },
      onResponseEnd(controller) {
        phaseTimer.clear();
        receiver.end(pairs(controller.rawTrailers)).then((response) => {
          if (state.end !== undefined) return;
          end();
          resolve(response);
        }, stop);
      },
      onResponseError(_controller, error) {
        if (state.end === undefined) fail(error);
      },
    };
    try {
      lane.client.dispatch(dispatchOptions(request), handler);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

const isAscii = /^[\t\x20-\x7e]*$/;

function dispatchOptions({ method, url, headers, body }: TransportRequest): Dispatcher.DispatchOptions {
  return {
    method: method as Dispatcher.HttpMethod,
    path: `${url.pathname}${url.search}`,
    // undici writes each character as one octet; other letters go out as UTF-8, as everybody reads them.
    headers: [...headers, ...streamedLength(body)].flatMap(([name, value]) => [
      name,
      isAscii.test(value) ? value : Buffer.from(value, "utf8").toString("latin1"),
    ]),
    body: body === undefined ? null : body instanceof Uint8Array ? body : new BodyStream(body),
  };
}

/** undici knows the length of bytes, but not of a stream, which it would send in chunks. */
function streamedLength(body: TransportRequest["body"]): [string, string][] {
  return body === undefined || body instanceof Uint8Array ? [] : [["content-length", String(body.size)]];
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
