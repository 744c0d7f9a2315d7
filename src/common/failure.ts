import type { SourceLocation } from "./range.ts";

/**
 * Every way a request can fail, grouped by family (the part before the dot). The codes are stable: people match on
 * them in CI, and the documentation links to them. A new one is one entry here, one in `exitCodeOf`'s families if the
 * family is new, and one test.
 */
export const failureCodes = [
  "parse.error",
  "settings.unknown-key",
  "settings.wrong-type",
  "settings.bad-duration",
  "settings.bad-pattern",
  "settings.ambiguous-pattern",
  "settings.bad-proxy",
  "settings.unknown-environment",
  "settings.unreadable",
  "settings.machine-scope",
  "variable.undefined",
  "variable.unset",
  "variable.cycle",
  "value.header-injection",
  "value.bad-url",
  "value.bad-header",
  "value.unreadable-file",
  "value.unwritable-file",
  "policy.plain-http",
  "policy.secret-not-allowed",
  "policy.secret-host",
  "policy.unverified-host",
  "policy.untrusted-workspace",
  "policy.path-outside-workspace",
  "identity.file-missing",
  "identity.key-missing",
  "identity.key-mismatch",
  "identity.passphrase-missing",
  "identity.passphrase-wrong",
  "identity.passphrase-unneeded",
  "identity.pfx-legacy",
  "identity.key-unsupported",
  "identity.key-permissions",
  "identity.not-pem",
  "identity.wrong-purpose",
  "identity.weak-key",
  "identity.weak-signature",
  "network.dns",
  "network.refused",
  "network.reset",
  "network.unreachable",
  "network.stream-reset",
  "network.proxy",
  "network.proxy-auth",
  "network.proxy-refused",
  "tls.expired",
  "tls.not-yet-valid",
  "tls.hostname-mismatch",
  "tls.self-signed",
  "tls.unknown-authority",
  "tls.incomplete-chain",
  "tls.revoked",
  "tls.crl-missing",
  "tls.crl-expired",
  "tls.pin-mismatch",
  "tls.weak-signature",
  "tls.weak-key",
  "tls.wrong-purpose",
  "tls.protocol-version",
  "tls.no-shared-cipher",
  "tls.client-certificate-required",
  "tls.client-certificate-rejected",
  "tls.unrecognized-name",
  "tls.alpn",
  "tls.not-tls",
  "tls.handshake-failed",
  "timeout.connect",
  "timeout.handshake",
  "timeout.response",
  "timeout.idle",
  "timeout.total",
  "response.malformed",
  "response.too-large",
  "response.decompression",
  "redirect.too-many",
  "redirect.bad-location",
  "canceled",
  "internal",
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** What a person may allow so that the request is sent: whoever can ask somebody asks for it. */
export type Wanted =
  | {
      readonly kind: "secret";
      readonly name: string;
      /** The narrowest pattern of `padlock.secrets` that allows it. */
      readonly host: string;
      /** False for what is never configuration: a stored secret, an answer to a secret prompt. */
      readonly mayBePublic: boolean;
    }
  /** Both absolute, without symbolic links: the file, and the folder that `padlock.outsidePaths` would list. */
  | { readonly kind: "path"; readonly path: string; readonly folder: string };

export interface FailureInit {
  readonly code: FailureCode;
  /** One short sentence without a full stop, fit for a heading: "The server's certificate expired 12 days ago". */
  readonly title: string;
  /** What happened, with the facts: host, subject, dates, file. Full sentences. */
  readonly detail: string;
  /** What the person can change, with the setting, file or command to use. Full sentences. */
  readonly fix: string;
  /** Where in a request file or settings file the cause stands. */
  readonly location?: SourceLocation | undefined;
  /** The setting that caused it or would change it, as a path: `padlock.hosts › api.example.com › key`. */
  readonly setting?: string | undefined;
  readonly wanted?: Wanted | undefined;
  /** The error that a library or the system gave; its message is for the log, never the only thing a person reads. */
  readonly cause?: unknown;
}

/**
 * The one class of everything that stops a request. Thrown inside a folder, returned as a value at its border.
 * Its texts may hold secret values until `protocol` redacts them.
 */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly title: string;
  readonly detail: string;
  readonly fix: string;
  readonly location: SourceLocation | undefined;
  readonly setting: string | undefined;
  readonly wanted: Wanted | undefined;

  constructor(init: FailureInit) {
    super(`${init.title} (${init.code})`, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = "Failure";
    this.code = init.code;
    this.title = init.title;
    this.detail = init.detail;
    this.fix = init.fix;
    this.location = init.location;
    this.setting = init.setting;
    this.wanted = init.wanted;
  }

  /** The same failure without a place that nobody could look at. */
  withoutPlace(): Failure {
    const { code, title, detail, fix, setting, wanted, cause } = this;
    return new Failure({ code, title, detail, fix, setting, wanted, cause });
  }

  /** The same failure at a place: used where the thrower did not know the file. Keeps a place already known. */
  at(location: SourceLocation | undefined): Failure {
    if (!location || this.location) return this;
    const { code, title, detail, fix, setting, wanted, cause } = this;
    return new Failure({ code, title, detail, fix, location, setting, wanted, cause });
  }
}
