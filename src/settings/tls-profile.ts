import type { SourceLocation } from "../common/range.ts";

/** A host's connection settings with every `${…}` replaced and every path made absolute: what `transport` loads. */
export interface TlsProfile {
  /** The pattern that matched, as written; undefined when no entry of `padlock.hosts` matches. */
  readonly pattern: string | undefined;
  /** The environments that this entry names; undefined: none. */
  readonly environments?: readonly string[] | undefined;
  readonly cert: FileReference | undefined;
  readonly key: FileReference | undefined;
  readonly pfx: FileReference | undefined;
  readonly passphrase: ExpandedString | undefined;
  /** Undefined: the default authorities. The words "system" and "bundled" stand as themselves. */
  readonly ca: readonly (FileReference | "system" | "bundled")[] | undefined;
  readonly minVersion: "TLSv1.2" | "TLSv1.3" | undefined;
  readonly maxVersion?: "TLSv1.2" | "TLSv1.3" | undefined;
  /** `sha256/` and the base64 of the SHA-256 of a public key (SPKI, RFC 7469 §2.4); one of the verified chain must match. */
  readonly pins?: readonly string[] | undefined;
  /** Certificate revocation lists, PEM or DER; with them every certificate of the chain is checked. */
  readonly crl?: readonly FileReference[] | undefined;
  /** IANA names of cipher suites, all of them among the runtime's own defaults; undefined: those. */
  readonly ciphers?: readonly string[] | undefined;
  /** Key-exchange groups in order of preference (RFC 8446 §4.2.7 names); undefined: the runtime's own. */
  readonly groups?: readonly string[] | undefined;
  /** Sent as SNI and verified in place of the URL's host. */
  readonly serverName?: string | undefined;
  /** What names `serverName` where that is not the entry of `padlock.hosts`: an option such as `--servername`. */
  readonly serverNameOption?: string | undefined;
  /** Offer HTTP/2 by ALPN. */
  readonly http2?: boolean | undefined;
  readonly proxy?: ProxyRoute | undefined;
  /** A Unix domain socket, in place of host and port of the URL. */
  readonly socket?: FileReference | undefined;
  /** The person's own `padlock.unverifiedHosts` names the host: its certificate need not verify. */
  readonly unverified: boolean;
}

/** A proxy through which a tunnel to the host is opened. */
export interface ProxyRoute {
  /** `socks5`: RFC 1928, names are looked up by the proxy. `https`: TLS to the proxy itself, verified like any host. */
  readonly kind: "http" | "https" | "socks5";
  readonly host: string;
  readonly port: number;
  /** Shown to the proxy alone; the password is secret. */
  readonly credentials?: { readonly username: string; readonly password: string } | undefined;
  /** Who says so: "HTTPS_PROXY", "http.proxy", "padlock.hosts › api.example.com › proxy". */
  readonly source: string;
  /** Where the settings file says so. */
  readonly location?: SourceLocation | undefined;
  /** Of an `https` proxy: what its own connection trusts and presents. */
  readonly profile?: TlsProfile | undefined;
}

export interface FileReference extends ExpandedString {
  /** Absolute. */
  readonly path: string;
  /** One of these folders holds it, after symbolic links; absent for a file that a person's own settings name. */
  readonly folders?: readonly string[] | undefined;
  /** How to name its passphrase, a full sentence, where that is no member beside it in the settings. */
  readonly passphraseFix?: string | undefined;
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
