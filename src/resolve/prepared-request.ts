import type { SourceLocation } from "../common/range.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { Timeouts } from "../settings/model.ts";
import type { TlsProfile } from "../settings/tls-profile.ts";

/** A request with every reference replaced and every rule checked: what `transport` sends as it is. */
export interface PreparedRequest {
  /** Upper case for the known methods. */
  readonly method: string;
  /** Absolute, `https:` (or `http:` to loopback), without fragment. */
  readonly url: URL;
  /** In the order, case and number that the file has. Without control characters but the tab. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | undefined;
  /** From the most specific entry of `padlock.hosts` that matches `url`; all undefined where none does. */
  readonly profile: TlsProfile;
  /** Settings' timeouts, overridden by the host's, overridden by `@timeout` and `@connection-timeout`. */
  readonly timeouts: Timeouts;
  readonly name: string | undefined;
  /** Where the request line stands. */
  readonly location: SourceLocation;
  /** Knows every secret value that this request was given. Everything that is shown goes through it. */
  readonly redactor: Redactor;
  /** Names of the secrets whose values, or something made of them, this request carries. */
  readonly secretNames: readonly string[];
}
