import type { Socket } from "node:net";
import type { Identity } from "./identity.ts";
import type { HandshakeFacts } from "./tls-capture.ts";

/** One socket's life, filled in as it happens; the reports are made from it. Times are `performance.now()`. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly encrypted: boolean;
  readonly identity: Identity | undefined;
  /** `Date.now()` at the start of connecting. */
  readonly openedAt: number;
  readonly times: ConnectionTimes;
  remoteAddress: string | null;
  remotePort: number | null;
  handshake: HandshakeFacts | undefined;
  /** Did the server ask for a client certificate? Known in the middle of a TLS 1.2 handshake, before it may fail. */
  certificateRequested: boolean | null;
  /** Set once, after Node's checks of chain and name. Without it undici gets the socket only where `accepted` is set. */
  verified: boolean;
  /** Why the server is not verified, on a connection that is used nevertheless: `padlock.unverifiedHosts` names the host. */
  accepted: Error | undefined;
  /** OpenSSL's code for the refused chain, known before Node ends the socket. */
  verifyError: string | undefined;
  /** What Node's checks of chain and name found wrong. */
  verifyProblem: Error | undefined;
  /** undici overwrites a TLS alert with "other side closed"; the socket's first error is the true one. */
  firstError: Error | undefined;
  socket: Socket | undefined;
  /** Exchanges that were sent over it. */
  exchanges: number;
}

export interface ConnectionTimes {
  readonly start: number;
  dnsStart?: number;
  dnsEnd?: number;
  connectStart?: number;
  connectEnd?: number;
  secureEnd?: number;
}

/** What a connection attempt needs to know of the exchange that asked for it. */
export interface ConnectContext {
  readonly connectTimeout: number;
  readonly handshakeTimeout: number;
  /** Called as soon as there is something to show, and again never. */
  readonly onConnection: (connection: Connection) => void;
}
