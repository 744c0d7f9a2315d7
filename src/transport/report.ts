import type { FailureCode } from "../common/failure.ts";

/**
 * Everything known of one connection: one value for the panel, the CLI and JSON.
 * `null` means "this runtime cannot tell", never a guess.
 */
export interface ConnectionReport {
  /** False for plain http to loopback. */
  readonly encrypted: boolean;
  readonly remoteAddress: string | null;
  readonly remotePort: number | null;
  /** True when this exchange used a connection that an earlier one opened. */
  readonly reused: boolean;
  /** ISO 8601; when the connection was opened. */
  readonly openedAt: string;
  /** Absent for plain http, and when no handshake got as far as the server's certificate or version. */
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
  /** The name sent in SNI; null where none was sent (an IP address). */
  readonly serverName: string | null;
  readonly sessionResumed: boolean;
  readonly verdict: Verdict;
  readonly clientCertificate: ClientCertificateReport;
  /** Leaf first, root last; also of a refused server. Empty where the server showed none. */
  readonly chain: readonly CertificateReport[];
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
  readonly level: "ok" | "warning" | "error";
  readonly text: string;
}

export interface ClientCertificateReport {
  /** The one that the settings name for this host. */
  readonly configured: CertificateReport | null;
  /** Did the server ask for one? null where the handshake did not get so far. */
  readonly requested: boolean | null;
  /** Was one sent (asked for, and configured)? */
  readonly presented: boolean;
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
  readonly isAuthority: boolean;
  readonly selfSigned: boolean;
  /** `server`: the server sent it; `trust store`: added from the trusted authorities; null: not known. */
  readonly source: "server" | "trust store" | null;
  readonly pem: string;
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
