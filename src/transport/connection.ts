import type { Socket } from "node:net";
import type { Identity } from "./identity.ts";
import type { Staple } from "./ocsp/staple.ts";
import type { AttemptReport, ProxyReport, SessionTicketReport } from "./report.ts";
import type { Route } from "./route.ts";
import type { HandshakeFacts } from "./tls-capture.ts";

/** One socket's life, filled in as it happens; the reports are made from it. Times are `performance.now()`. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly encrypted: boolean;
  readonly identity: Identity | undefined;
  /** How it gets to the host; undefined: straight. */
  readonly route: Route | undefined;
  /** Offered by ALPN, in order of preference (RFC 7301). */
  protocols: readonly string[];
  /** `Date.now()` at the start of connecting. */
  readonly openedAt: number;
  readonly times: ConnectionTimes;
  remoteAddress: string | null;
  remotePort: number | null;
  localAddress: string | null;
  /** The addresses that were tried, each added as it ended. */
  attempts: readonly AttemptReport[];
  /** The proxy that the connection goes through. */
  proxy: ProxyReport | null;
  /** The Unix domain socket that it uses. */
  socketPath: string | null;
  handshake: HandshakeFacts | undefined;
  /** What the server stapled; null: nothing; undefined: not known. */
  ocspResponse: Uint8Array | null | undefined;
  /** The same, read and checked. */
  staple: Staple | undefined;
  /** Of the tickets that have come until now; the lifetime is the last one's. */
  sessionTicket: SessionTicketReport | null;
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
  /** Offer HTTP/2 by ALPN. */
  readonly http2?: boolean;
  /** Called as soon as there is something to show, and again never. */
  readonly onConnection: (connection: Connection) => void;
}

/** Nothing is opened yet. Without `identity` it is plain http; without `route` it leads straight to the host. */
export function newConnection(host: string, port: number, identity: Identity | undefined, route?: Route): Connection {
  return {
    host,
    port,
    encrypted: identity !== undefined,
    identity,
    route,
    protocols: ["http/1.1"],
    openedAt: Date.now(),
    times: { start: performance.now() },
    remoteAddress: null,
    remotePort: null,
    localAddress: null,
    attempts: [],
    proxy: null,
    socketPath: null,
    handshake: undefined,
    ocspResponse: undefined,
    staple: undefined,
    sessionTicket: null,
    certificateRequested: null,
    verified: false,
    accepted: undefined,
    verifyError: undefined,
    verifyProblem: undefined,
    firstError: undefined,
    socket: undefined,
    exchanges: 0,
  };
}

/** What the server's certificate must be for: the URL's host, or the name that the host's settings give instead. */
export function verifiedName({ host, identity }: Connection): string {
  return identity?.serverName ?? host;
}
