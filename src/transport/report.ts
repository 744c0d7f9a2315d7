import type { FailureCode } from "../common/failure.ts";

/**
 * Everything known of one connection: one value for the panel, the CLI and JSON.
 * `null` means "this runtime cannot tell", never a guess.
 */
export interface ConnectionReport {
  /** False for plain http to loopback. */
  readonly encrypted: boolean;
  /** Of the other end: of the proxy where there is one, null for a Unix socket. */
  readonly remoteAddress: string | null;
  readonly remotePort: number | null;
  readonly localAddress: string | null;
  /** The addresses that were tried, in order (RFC 8305); empty where nothing was looked up or dialed. */
  readonly attempts: readonly AttemptReport[];
  readonly proxy: ProxyReport | null;
  /** The Unix domain socket that was used in place of host and port. */
  readonly socketPath: string | null;
  /** True when this exchange used a connection that an earlier one opened. */
  readonly reused: boolean;
  /** ISO 8601; when the connection was opened. */
  readonly openedAt: string;
  /** Absent for plain http, and when no handshake got as far as the server's certificate or version. */
  readonly tls: TlsReport | null;
}

/** One address that a connection was tried to. */
export interface AttemptReport {
  readonly address: string;
  readonly port: number;
  /** `not needed`: given up or never begun, because another address had answered. */
  readonly outcome: "connected" | "failed" | "timed out" | "not needed";
  readonly milliseconds: number | null;
  /** `ECONNREFUSED`, …; null where nothing went wrong. */
  readonly problem: string | null;
}

/** The proxy that a tunnel went through. Its credentials are never part of a report. */
export interface ProxyReport {
  readonly kind: "http" | "https" | "socks5";
  readonly host: string;
  readonly port: number;
  /** Who says so: "HTTPS_PROXY", "padlock.hosts › api.example.com › proxy". */
  readonly source: string;
  /** Of an `https` proxy: the TLS to the proxy itself. */
  readonly tls: TlsReport | null;
}

export interface TlsReport {
  /** `TLSv1.3`, `TLSv1.2`. */
  readonly protocol: string | null;
  /** IANA name: `TLS_AES_256_GCM_SHA384`. */
  readonly cipherSuite: string | null;
  /** RFC 7301; null: the two agreed on none. */
  readonly alpn: string | null;
  readonly keyExchange: KeyExchange | null;
  /**
   * With what the server signed the handshake: `ecdsa_secp256r1_sha256` (RFC 8446 §4.2.3). Node does not tell; known
   * where the protocol leaves a key no choice.
   */
  readonly signatureScheme: string | null;
  /** The name sent in SNI; null where none was sent (an IP address). */
  readonly serverName: string | null;
  /** The `servername` of the settings or of an option, where it took the place of the URL's host in SNI and in the check of the name. */
  readonly nameOverride: string | null;
  readonly sessionResumed: boolean;
  /** No request is ever sent as early data (RFC 8446 §2.3). */
  readonly earlyData: false;
  /** What the server gave for a later resumption, which is never used; null: none has come until now. */
  readonly sessionTicket: SessionTicketReport | null;
  /** Did the server staple an OCSP response? null: not known. */
  readonly stapled: boolean | null;
  /** The stapled response; null where there is none. */
  readonly ocsp: OcspReport | null;
  /**
   * Embedded in the certificate, or in the stapled response (RFC 6962 §3.3); null where no certificate was readable.
   * Those of the handshake itself are not available in Node. Their signatures are not verified.
   */
  readonly scts: readonly SctReport[] | null;
  readonly verdict: Verdict;
  readonly clientCertificate: ClientCertificateReport;
  /** As verified: leaf first, root last; also of a refused server. Empty where the server showed none. */
  readonly chain: readonly CertificateReport[];
  /** As the server sent them, in its order; null where this runtime does not tell. */
  readonly sent: readonly CertificateReport[] | null;
  /** The store that the root is in: "certs/ca.pem", "the operating system's authorities"; null where it is in none. */
  readonly trustSource: string | null;
  /** The subject alternative name that the host matched: `*.example.com`; null where none did. */
  readonly certificateName: string | null;
}

export interface SessionTicketReport {
  /** Seconds, as the server hints (RFC 8446 §4.6.1, RFC 5077 §3.3); null where it does not. */
  readonly lifetime: number | null;
  readonly count: number;
}

/** A stapled OCSP response (RFC 6960), about the server's certificate. Times are ISO 8601 UTC. */
export interface OcspReport {
  /** `unreadable`: not an OCSP response, an error instead of one, or one about another certificate. */
  readonly status: "good" | "revoked" | "unknown" | "unreadable";
  /** Signed by the certificate's issuer or by whom it delegated, about this certificate, and in time. */
  readonly verified: boolean;
  /** Why it is not verified, one short sentence; null when it is. */
  readonly problem: string | null;
  readonly producedAt: string | null;
  readonly thisUpdate: string | null;
  readonly nextUpdate: string | null;
  readonly revokedAt: string | null;
  /** RFC 5280 §5.3.1: `keyCompromise`; null where it gives none. */
  readonly revocationReason: string | null;
  /** The name of whoever signed it, or its key's hash. */
  readonly responder: string | null;
}

/** A signed certificate timestamp: a public log's promise to list the certificate. */
export interface SctReport {
  /** Base64; which log that is, only a list of logs would tell. */
  readonly logId: string;
  /** ISO 8601. */
  readonly timestamp: string;
  /** 1 for `v1`. */
  readonly version: number;
  readonly source: "certificate" | "ocsp";
}

export interface KeyExchange {
  /** `X25519MLKEM768`, `X25519`, `P-256`, `DH`; "RSA" for static RSA. */
  readonly group: string;
  readonly bits: number | null;
  readonly postQuantum: boolean;
}

export interface Verdict {
  readonly verified: boolean;
  /** There where the person's own settings accept that the server is not verified: the connection was used. */
  readonly accepted?: true;
  /** Why not; null when verified. */
  readonly code: FailureCode | null;
  /** One sentence: "The chain ends in Bank Root CA, which certs/ca.pem holds." */
  readonly reason: string;
  /** Who is trusted here: "certs/ca.pem (padlock.hosts › api.example.com › ca)" or "Node.js and system authorities". */
  readonly trust: string;
  readonly findings: readonly Finding[];
}

export interface Finding {
  /** `note`: worth knowing, and neither good nor bad. */
  readonly level: "ok" | "note" | "warning" | "error";
  readonly text: string;
}

export interface ClientCertificateReport {
  /** The one that the settings name for this host. */
  readonly configured: CertificateReport | null;
  /** Did the server ask for one? null where the handshake did not get so far. */
  readonly requested: boolean | null;
  /** Was one sent (asked for, and configured)? */
  readonly presented: boolean;
  /** The authorities that the server named in its request for one; null: Node does not tell. */
  readonly acceptedAuthorities: readonly string[] | null;
}

export interface CertificateReport {
  /** RFC 4514-like, most specific first: `CN=api.example.com, O=Example`. */
  readonly subject: string;
  readonly issuer: string;
  /** Short name for headings: CN, else first SAN, else the subject. */
  readonly subjectName: string;
  readonly issuerName: string;
  /** `DNS:api.example.com`, `IP:127.0.0.1`. */
  readonly subjectAltNames: readonly string[];
  /** ISO 8601 UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** Whole days from notBefore to notAfter. */
  readonly validDays: number;
  /** Whole days from now until notAfter, negative once expired. */
  readonly daysLeft: number;
  /** Upper-case hex pairs joined by colons. */
  readonly serialNumber: string;
  /** `RSA`, `EC`, `Ed25519`, … */
  readonly keyType: string;
  readonly keyBits: number | null;
  readonly curve: string | null;
  /** `ecdsa-with-SHA256`, `sha256WithRSAEncryption`. */
  readonly signatureAlgorithm: string;
  /** Upper-case hex pairs joined by colons. */
  readonly fingerprint256: string;
  /** Of the public key, for `pins`: `sha256/` and base64 (RFC 7469 §2.4). */
  readonly spkiPin: string;
  /** 3 as a rule. */
  readonly version: number;
  /** RFC 5280 §4.2.1.3: `digitalSignature`, `keyCertSign`. Empty where the extension is absent. */
  readonly keyUsages: readonly string[];
  /** RFC 5280 §4.2.1.12: `serverAuth`, `clientAuth`; an OID where it has no name. */
  readonly extendedKeyUsages: readonly string[];
  readonly basicConstraints: BasicConstraintsReport | null;
  /** `permitted: DNS:example.com; excluded: IP:10.0.0.0/8` (RFC 5280 §4.2.1.10). */
  readonly nameConstraints: string | null;
  readonly policies: readonly PolicyReport[];
  /** Asks that its servers always staple an OCSP response (RFC 7633). */
  readonly mustStaple: boolean;
  /** Upper-case hex pairs joined by colons. */
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
  readonly ocspUrls: readonly string[];
  readonly crlUrls: readonly string[];
  /** Where the issuer's certificate can be had (RFC 5280 §4.2.2.1). Nothing is ever fetched from there. */
  readonly issuerUrls: readonly string[];
  readonly isAuthority: boolean;
  readonly selfSigned: boolean;
  /** `server`: the server sent it; `trust store`: added from the trusted authorities; null: not known. */
  readonly source: "server" | "trust store" | null;
  readonly pem: string;
}

export interface BasicConstraintsReport {
  readonly isAuthority: boolean;
  /** How many intermediates may follow; null: no limit. */
  readonly pathLength: number | null;
}

export interface PolicyReport {
  readonly oid: string;
  /** Domain, organization, individual or extended validation, where the OID is the CA/Browser Forum's (2.23.140.1). */
  readonly meaning: "DV" | "OV" | "IV" | "EV" | null;
}

/** Milliseconds with fractions, HAR's names; null: did not happen (a reused connection has no dns, connect, ssl). */
export interface Timings {
  readonly blocked: number | null;
  readonly dns: number | null;
  readonly connect: number | null;
  readonly ssl: number | null;
  readonly send: number | null;
  readonly wait: number | null;
  readonly receive: number | null;
  /** From the start of the exchange to its end. */
  readonly total: number;
}
