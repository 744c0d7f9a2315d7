import type { Timeouts } from "../../settings/model.ts";
import type { TimeoutOrigins } from "../../settings/timeout-origins.ts";
import type { TlsProfile } from "../../settings/tls-profile.ts";

/** A server whose TLS is looked at: a handshake and nothing behind it. */
export interface InspectionRequest {
  /** A name or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
  readonly profile: TlsProfile;
  readonly timeouts: Timeouts;
  /** For the failure: who set them. */
  readonly timeoutOrigins?: TimeoutOrigins | undefined;
}
