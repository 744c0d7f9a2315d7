import type { FailureCode } from "../common/failure.ts";
import type { Note } from "../common/note.ts";
import type { SourceLocation } from "../common/range.ts";
import type { ConnectionReport, Timings } from "../transport/report.ts";
import type { CookiesView } from "./cookie-view.ts";

export type { Note } from "../common/note.ts";
/** The parts of a connection's report, for those who show it. */
export type {
  CertificateReport,
  ClientCertificateReport,
  ConnectionReport,
  Finding,
  KeyExchange,
  Timings,
  TlsReport,
  Verdict,
} from "../transport/report.ts";

/**
 * What the panel shows, what the CLI prints and what `--json` writes: already redacted, JSON all through.
 * A secret value never gets as far as this type; `{{$env.NAME}}` stands in its place.
 */
export interface ExchangeView {
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly request: RequestView;
  /** Exactly one of `response` and `failure` is not null, but for a response that is `partial`: its failure is there too. */
  readonly response: ResponseView | null;
  readonly failure: FailureView | null;
  readonly connection: ConnectionReport | null;
  readonly timings: Timings;
  /** The redirects that were followed, in order; `request` is what was sent at the end. */
  readonly redirects: readonly RedirectView[];
  /** Of `request` and `response`; absent where there were none. */
  readonly cookies?: CookiesView;
  readonly notes: readonly Note[];
  /** The verdict in words for the badge. */
  readonly verdict: VerdictView;
  /** There while the response is still coming in: its body, and the timings, are those of this moment. */
  readonly receiving?: true;
}

export interface RequestView {
  readonly name: string | null;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderView[];
  readonly body: BodyView | null;
  /** Relative to the workspace folder. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** There for `@no-log`: no log and no history may keep the exchange. */
  readonly noLog?: boolean;
  /** Names of the secrets that it was sent with, if any: a reference to another one is text that somebody else wrote. */
  readonly secrets?: readonly string[];
}

export interface HeaderView {
  readonly name: string;
  /** Of a credential: masked, but for references such as `{{$env.TOKEN}}`. */
  readonly value: string;
  /** There where a part of `value` is hidden that the engine can reveal. */
  readonly masked?: boolean;
}

export interface RedirectView {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly location: string;
  readonly withheld: readonly WithheldView[];
  /** Of the request that was answered with it, and those that the redirect set. */
  readonly cookies?: CookiesView;
  readonly connection: ConnectionReport | null;
  readonly timings: Timings;
}

export interface WithheldView {
  readonly part: "header" | "body";
  readonly name: string | null;
  readonly secrets: readonly string[];
}

export interface ResponseView {
  /** `HTTP/1.1`. */
  readonly httpVersion: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly HeaderView[];
  readonly body: BodyView;
  /** The 1xx responses that came before it, in order; absent without any. */
  readonly informational?: readonly InformationalView[];
  /** The fields that came behind the body (RFC 9110 §6.5); absent without any. */
  readonly trailers?: readonly HeaderView[];
  /** There for what had come of a response when it failed. */
  readonly partial?: true;
}

export interface InformationalView {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly HeaderView[];
}

export interface BodyView {
  /** `application/json`, without parameters, lower case; "" where unknown. */
  readonly mediaType: string;
  readonly kind: "json" | "text" | "binary" | "empty";
  /** For "json": pretty-printed, number tokens as received. For "text": the text. For "binary": a hex dump of its beginning. */
  readonly text: string;
  /** The text as received where `text` was laid out anew; null where it is the same or binary. */
  readonly raw: string | null;
  /** Bytes decoded / on the wire. */
  readonly size: number;
  readonly encodedSize: number;
  /** True when `text` holds only the beginning; `size` tells the whole. */
  readonly truncated: boolean;
}

export interface FailureView {
  readonly code: FailureCode;
  readonly title: string;
  readonly detail: string;
  readonly fix: string;
  readonly location: SourceLocation | null;
  readonly setting: string | null;
  /** False: no byte of the request left this machine. */
  readonly requestSent: boolean;
}

export interface VerdictView {
  readonly kind: "verified" | "not-verified" | "not-encrypted" | "not-connected";
  /** "Verified · TLS 1.3 · client certificate sent". */
  readonly text: string;
}
