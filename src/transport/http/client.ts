import type { Dispatcher } from "undici";
import type { ReceivedResponse } from "../response.ts";

export type HttpVersion = ReceivedResponse["httpVersion"];

/** One connection that speaks HTTP, in the terms of undici's dispatchers. It serves one exchange at a time. */
export interface HttpClient {
  /** Calls `onRequestStart` as the request goes out, `onResponseStart` for each head (1xx too), then the rest in order. */
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void;
  /** Ends the exchange, if there is one, and the connection, at once. */
  destroy(reason: Error): Promise<void>;
  /** Is there an open connection that the next exchange will use? */
  readonly connected: boolean;
  /** Of the response whose head came last. */
  readonly httpVersion: HttpVersion;
}
