import type { Failure } from "../common/failure.ts";
import type { Connection } from "./connection.ts";
import type { ConnectionReport, TlsReport } from "./report.ts";
import { tlsFacts } from "./tls-report.ts";
import { verdictOf } from "./verdict.ts";

/** What is known of a connection, with the verdict: `failure` is why it was refused, undefined when it was not. */
export function reportConnection(
  connection: Connection,
  reused: boolean,
  failure: Failure | undefined,
): ConnectionReport {
  return {
    encrypted: connection.encrypted,
    remoteAddress: connection.remoteAddress,
    remotePort: connection.remotePort,
    localAddress: connection.localAddress,
    attempts: connection.attempts,
    proxy: connection.proxy,
    socketPath: connection.socketPath,
    reused,
    openedAt: openedAt(connection),
    tls: reportTls(connection, failure),
  };
}

const opened = new WeakMap<Connection, string>();

function openedAt(connection: Connection): string {
  const known = opened.get(connection) ?? new Date(connection.openedAt).toISOString();
  opened.set(connection, known);
  return known;
}

interface Made {
  readonly tls: TlsReport;
  /** `Date.now()` */
  readonly at: number;
}

/** The handshake does not change any more: the next exchanges on the connection show the same report. */
const made = new WeakMap<Connection, Made>();

/** Then the days that are left are counted anew. */
const longestKept = 60_000;

function reportTls(connection: Connection, failure: Failure | undefined): TlsReport | null {
  const kept = made.get(connection);
  // Tickets come at any time after the handshake.
  if (kept && Date.now() - kept.at < longestKept) {
    const { sessionTicket } = connection;
    return kept.tls.sessionTicket === sessionTicket ? kept.tls : { ...kept.tls, sessionTicket };
  }
  const { identity, verified, accepted } = connection;
  const facts = tlsFacts(connection);
  if (!facts || !identity) return null;
  const tls = { ...facts, verdict: verdictOf(connection, identity, facts, failure) };
  if (verified || accepted) made.set(connection, { tls, at: Date.now() });
  return tls;
}
