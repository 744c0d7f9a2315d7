import type { Failure } from "../common/failure.ts";
import type { RequestBody } from "../common/request-body.ts";
import type { Timeouts } from "../settings/model.ts";
import type { TlsProfile } from "../settings/tls-profile.ts";
import type { ConnectionReport, Timings } from "./report.ts";
import type { ReceivedResponse } from "./response.ts";

/** What to send, ready: nothing is added or replaced here but what HTTP framing needs. */
export interface TransportRequest {
  readonly method: string;
  /** `https:`, or `http:` (whoever calls has checked that this is allowed). */
  readonly url: URL;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: RequestBody | undefined;
  readonly profile: TlsProfile;
  readonly timeouts: Timeouts;
  /** Milliseconds of `timeouts.total` that earlier requests have left over; all of it where it is not given. */
  readonly timeLeft?: number;
  /** The request line says HTTP/2: it is offered by ALPN beside HTTP/1.1. */
  readonly http2?: boolean;
  /** Takes a body that outgrows memory; without it such a body ends in `response.too-large`. */
  readonly store?: BodyStore;
  /** Called with the head as soon as it is there, then with each piece of the decoded body. */
  readonly onProgress?: (received: ReceivedResponse) => void;
}

/** Where the transport puts a body that it does not keep in memory. */
export interface BodyStore {
  /** Starts a file for one body. @throws {Failure} `value.unwritable-file` */
  create(): Promise<StoredBody>;
}

export interface StoredBody {
  /** Absolute. */
  readonly path: string;
  /** Gets all decoded bytes, from the first one, in order. Resolves when the next may come. */
  write(chunk: Uint8Array): Promise<void>;
  /** After the last byte, also of a response that ended in a failure. */
  end(): Promise<void>;
}

/** What came of it. Every way out is a value; `send` never rejects. */
export interface TransportResult {
  readonly outcome:
    | { readonly kind: "response"; readonly response: ReceivedResponse }
    | {
        readonly kind: "failure";
        readonly failure: Failure;
        readonly requestSent: boolean;
        /** What of a response had come before. */
        readonly received?: ReceivedResponse;
      };
  /** Undefined when no connection was tried or none was made. */
  readonly connection: ConnectionReport | undefined;
  readonly timings: Timings;
}
