import type { Note } from "../common/note.ts";
import type { SourceLocation } from "../common/range.ts";
import type { RequestBody } from "../common/request-body.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { Timeouts } from "../settings/model.ts";
import type { BodyOutput } from "../settings/outputs/check-output.ts";
import type { TimeoutOrigins } from "../settings/timeout-origins.ts";
import type { TlsProfile } from "../settings/tls-profile.ts";

/** A request with every reference replaced and every rule checked: what `transport` sends as it is. */
export interface PreparedRequest {
  /** Upper case for the known methods. */
  readonly method: string;
  /** Absolute, `https:` (or `http:` to loopback), without fragment. */
  readonly url: URL;
  /** In the order, case and number that the file has. Without control characters but the tab. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** What each of `headers` is made of, by index; a shorter list means nothing of the kind. */
  readonly headerSecrets: readonly Carried[];
  readonly bodySecrets: Carried;
  readonly urlSecrets: Carried;
  readonly body: RequestBody | undefined;
  /** Of the request line: true for HTTP/2, false for HTTP/1.1; without a version the host's settings say. */
  readonly http2?: boolean;
  /** From the most specific entry of `padlock.hosts` that matches `url`; all undefined where none does. */
  readonly profile: TlsProfile;
  /** The profile and timeouts for another URL that the request is sent on to. Throws what `prepareRequest` would refuse. */
  readonly profileFor: (url: URL) => Promise<HostFacts>;
  /** Settings' timeouts, overridden by the host's, overridden by `@timeout` and `@connection-timeout`. */
  readonly timeouts: Timeouts;
  /** Who set each of them. */
  readonly timeoutOrigins?: TimeoutOrigins | undefined;
  /** `@timeout` bounds it: also an event stream, which the settings' total timeout does not end. */
  readonly hasOwnTimeout?: boolean;
  readonly name: string | undefined;
  /** Where the request line stands. */
  readonly location: SourceLocation;
  /** Knows every secret value that this request was given. Everything that is shown goes through it. */
  readonly redactor: Redactor;
  /** Names of the secrets whose values, or something made of them, this request carries. */
  readonly secretNames: readonly string[];
  /** `profileFor` may add to them. */
  readonly notes: readonly Note[];
  /** Where the body of the response is written; checked. */
  readonly outputs: readonly BodyOutput[];
}

/** What depends on the host alone. */
export type HostFacts = Pick<PreparedRequest, "profile" | "timeouts" | "timeoutOrigins">;

/** The values of others in a part of a request that another host may not get. */
export interface Carried {
  /** Secrets, which `padlock.secrets` binds to hosts. */
  readonly secrets: readonly string[];
  /** Holds an unlisted value of a private environment file: it stays with the host that the request was written for. */
  readonly isPrivate: boolean;
}

export const nothingCarried: Carried = { secrets: [], isPrivate: false };
