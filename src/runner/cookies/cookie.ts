import type { Redactor } from "../../secrets/redactor.ts";

/** A cookie as RFC 6265 §5.3 has it, with the attributes of its successor (RFC 6265bis). */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** IDNA ASCII, lower case; an IPv6 address without brackets. */
  readonly domain: string;
  /** Without `Domain`: for the host that set it alone, not for those below it. */
  readonly hostOnly: boolean;
  readonly path: string;
  /** Milliseconds since 1970; undefined: until the session ends. */
  readonly expires: number | undefined;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: SameSite | undefined;
  readonly partitioned: boolean;
}

export type SameSite = "strict" | "lax" | "none";

/** A cookie in a jar. */
export interface KeptCookie extends Cookie {
  /** Unique in this process. */
  readonly id: string;
  /** Of the host that set it. */
  readonly origin: string;
  readonly carried: CookieSecrets;
}

/** The values of others that a cookie holds, because the server made it of what it was sent. */
export interface CookieSecrets {
  /** Names of secrets, which `padlock.secrets` binds to hosts. */
  readonly names: readonly string[];
  /** Holds a value without a name too: the cookie stays with the origin that set it. */
  readonly isPrivate: boolean;
  /** Knows the values; undefined where it holds none. */
  readonly redactor: Redactor | undefined;
}

/** What became of one `Set-Cookie` field. */
export interface ReceivedCookie {
  /** Index of the field among the headers of the response. */
  readonly header: number;
  /** As written, also of what is no cookie. */
  readonly name: string;
  /** Undefined for what cannot be read as a cookie. */
  readonly cookie: Cookie | undefined;
  /** `removed`: it has expired, which is how a server takes a cookie back. */
  readonly outcome: "kept" | "removed" | "refused" | "ignored";
  /** Why it was refused or ignored: a clause that begins in lower case. */
  readonly reason: string | undefined;
}

export interface WithheldCookie {
  readonly name: string;
  /** Names of the secrets that the host may not get; empty for a private value. */
  readonly secrets: readonly string[];
}

/** The cookies of one request and its response. */
export interface CookieTraffic {
  /** Those of the jar that went along. */
  readonly sent: readonly Cookie[];
  /** Those that would have gone along. */
  readonly withheld: readonly WithheldCookie[];
  readonly received: readonly ReceivedCookie[];
}
