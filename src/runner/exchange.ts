import type { Failure } from "../common/failure.ts";
import type { Note } from "../common/note.ts";
import type { PreparedRequest } from "../resolve/prepared-request.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { ConnectionReport, Timings } from "../transport/report.ts";
import type { ReceivedResponse } from "../transport/response.ts";
import type { CookieTraffic } from "./cookies/cookie.ts";

/** One request and what came of it. Not yet redacted: only `protocol` may show it. */
export interface Exchange {
  /** Unique in this process. */
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Knows the secret values that the request was given, also of one that could not be prepared. */
  readonly redactor: Redactor;
  /** Absent when the request could not be prepared. */
  readonly request: PreparedRequest | undefined;
  /** The header fields as they go over the wire; of `request`. */
  readonly sentHeaders: readonly (readonly [name: string, value: string])[];
  /** What the file says, references unreplaced: shown where `request` is absent. */
  readonly source: {
    readonly name: string | undefined;
    readonly method: string;
    readonly url: string;
    readonly file: string;
    readonly line: number;
    /** Of `@no-log`. */
    readonly noLog?: boolean;
  };
  readonly outcome:
    | { readonly kind: "response"; readonly response: ReceivedResponse }
    | {
        readonly kind: "failure";
        readonly failure: Failure;
        /** Has a byte of the request left? */
        readonly requestSent: boolean;
        /** What of a response had come before. */
        readonly received?: ReceivedResponse;
      };
  /** The connection it used or was refused on; absent where none was tried. */
  readonly connection: ConnectionReport | undefined;
  readonly timings: Timings;
  /** The responses that sent the request on, in order; `request` and `sentHeaders` are those of the last hop. */
  readonly redirects: readonly Hop[];
  /** Of the last hop; absent where there were none. */
  readonly cookies?: CookieTraffic | undefined;
  readonly notes: readonly Note[];
  /** The response is still coming in: its body has more to come. */
  readonly receiving?: true;
}

/** A redirect that was followed. */
export interface Hop {
  /** The request that was answered with it. */
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** Where it led to, absolute. */
  readonly location: string;
  /** What did not go there. */
  readonly withheld: readonly Withheld[];
  /** Of the request that was answered with it, and those that the redirect set. */
  readonly cookies?: CookieTraffic | undefined;
  readonly connection: ConnectionReport | undefined;
  readonly timings: Timings;
}

export interface Withheld {
  readonly part: "header" | "body";
  /** Of the header; undefined for the body. */
  readonly name: string | undefined;
  /** Names of the secrets that the host may not get; empty for a credential that is none of the listed secrets. */
  readonly secrets: readonly string[];
}
