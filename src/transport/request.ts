import type { Failure } from "../common/failure.ts";
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
  readonly body: Uint8Array | undefined;
  readonly profile: TlsProfile;
  readonly timeouts: Timeouts;
  /** Milliseconds of `timeouts.total` that earlier requests have left over; all of it where it is not given. */
  readonly timeLeft?: number;
}

/** What came of it. Every way out is a value; `send` never rejects. */
export interface TransportResult {
  readonly outcome:
    | { readonly kind: "response"; readonly response: ReceivedResponse }
    | { readonly kind: "failure"; readonly failure: Failure; readonly requestSent: boolean };
  /** Undefined when no connection was tried or none was made. */
  readonly connection: ConnectionReport | undefined;
  readonly timings: Timings;
}
