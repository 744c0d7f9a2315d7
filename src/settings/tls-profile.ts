import type { SourceLocation } from "../common/range.ts";

/** A host's TLS settings with every `${…}` replaced and every path made absolute: what `transport` loads. */
export interface TlsProfile {
  /** The pattern that matched, as written; undefined when no entry of `padlock.hosts` matches. */
  readonly pattern: string | undefined;
  readonly cert: FileReference | undefined;
  readonly key: FileReference | undefined;
  readonly pfx: FileReference | undefined;
  readonly passphrase: ExpandedString | undefined;
  /** Undefined: the default authorities. The words "system" and "bundled" stand as themselves. */
  readonly ca: readonly (FileReference | "system" | "bundled")[] | undefined;
  readonly minVersion: "TLSv1.2" | "TLSv1.3" | undefined;
  /** The person's own `padlock.unverifiedHosts` names the host: its certificate need not verify. */
  readonly unverified: boolean;
}

export interface FileReference extends ExpandedString {
  /** Absolute. */
  readonly path: string;
  /** One of these folders holds it, after symbolic links; absent for a file that a person's own settings name. */
  readonly folders?: readonly string[] | undefined;
}

export interface ExpandedString {
  /** After replacing `${…}`. A passphrase is secret: the request's redactor knows it. */
  readonly value: string;
  /** As the settings file writes it; safe to show. */
  readonly written: string;
  /** `padlock.hosts › api.example.com › key`. */
  readonly setting: string;
  readonly location: SourceLocation | undefined;
}
