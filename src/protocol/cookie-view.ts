/** The cookies of one request and its response. */
export interface CookiesView {
  /** Those of the jar that the request took along; the ones that its file writes are in its header alone. */
  readonly sent: readonly CookieFactsView[];
  /** Those that it would have taken along, but for what they hold. */
  readonly withheld: readonly WithheldCookieView[];
  /** One for each `Set-Cookie` field that was looked at, in order. */
  readonly received: readonly ReceivedCookieView[];
}

export interface CookieFactsView {
  readonly name: string;
  /** Masked, but for references such as `{{$env.TOKEN}}`. */
  readonly value: string;
  readonly domain: string;
  /** For this host alone, not for those below it. */
  readonly hostOnly: boolean;
  readonly path: string;
  /** ISO 8601; null: until the session ends. */
  readonly expires: string | null;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: "strict" | "lax" | "none" | null;
  readonly partitioned: boolean;
  /** Bytes of name and value. */
  readonly size: number;
}

export interface WithheldCookieView {
  readonly name: string;
  /** Empty for a private value. */
  readonly secrets: readonly string[];
}

export interface ReceivedCookieView {
  /** Index of its field among the response's headers. */
  readonly header: number;
  readonly name: string;
  /** Null for what cannot be read as a cookie. */
  readonly cookie: CookieFactsView | null;
  /** `removed`: it has expired, which is how a server takes a cookie back. */
  readonly outcome: "kept" | "removed" | "refused" | "ignored";
  /** Why it was refused or ignored; null for the others. */
  readonly reason: string | null;
}

/** A cookie in a jar. Never with its value: that is shown only to a person who asks for the one. */
export interface KeptCookieView extends Omit<CookieFactsView, "value"> {
  /** For `revealCookie` and `clearCookies`. */
  readonly id: string;
  /** The workspace folder; absolute. */
  readonly root: string;
  /** "" for none. */
  readonly environment: string;
  /** Names of the secrets that it holds. */
  readonly secrets: readonly string[];
}
