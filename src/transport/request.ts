import type { Failure } from "../common/failure.ts";
import type { Note } from "../common/note.ts";
import type { RequestBody } from "../common/request-body.ts";
import type { Timeouts } from "../settings/model.ts";
import type { TimeoutOrigins } from "../settings/timeout-origins.ts";
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
  /** For the failure: who set them. */
  readonly timeoutOrigins?: TimeoutOrigins | undefined;
  /** Milliseconds of `timeouts.total` that earlier requests have left over; all of it where it is not given. */
  readonly timeLeft?: number;
  /** Offer HTTP/2 by ALPN beside HTTP/1.1? Where the request does not say, the profile does. */
  readonly http2?: boolean;
  /** Takes a body that outgrows memory; without it such a body ends in `response.too-large`. */
  readonly store?: BodyStore;
  /** In bytes, of the decoded body and of what comes over the wire; 2 GiB where it is not given. */
  readonly maxBodySize?: number;
  /** The request itself bounds its time: also that of an event stream, which no general total timeout ends. */
  readonly hasOwnTimeout?: boolean;
  /** Called as soon as the head is there, then with each piece of the decoded body. Nothing is made that is not read. */
  readonly onProgress?: (read: () => TransportProgress, piece: Uint8Array | undefined) => void;
}

/** An exchange whose response is still coming in. */
export interface TransportProgress {
  readonly response: ReceivedResponse;
  readonly connection: ConnectionReport | undefined;
  readonly timings: Timings;
}

/** Where the transport puts a body that it does not keep in memory. */
export interface BodyStore {
  /** Starts a file for one body. @throws {Failure} `value.unwritable-file` */
  create(): Promise<StoredBody>;
}

export interface StoredBody {
  /** Absolute. */
  readonly path: string;
  /**
   * Gets all decoded bytes, from the first one, in order, and copies them. @returns a promise where it needs time before
   * the next may come, during which the chunk stays as it is
   */
  write(chunk: Uint8Array): Promise<void> | undefined;
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
  /** What is to be said of the files that the connection used, such as a client certificate that has expired. */
  readonly notes?: readonly Note[] | undefined;
}
