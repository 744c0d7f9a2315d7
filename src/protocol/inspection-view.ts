import type { VersionProbe } from "../transport/inspect/report.ts";
import type { ConnectionReport, FailureView, Note, Timings, VerdictView } from "./exchange-view.ts";

export type { VersionProbe } from "../transport/inspect/report.ts";

/** What `padlock inspect` prints and the panel shows of a server's TLS: already redacted, JSON all through. */
export interface InspectionView {
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** A name or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Why it is not verified, or was refused; null when it is verified. */
  readonly failure: FailureView | null;
  readonly connection: ConnectionReport | null;
  readonly timings: Timings;
  readonly verdict: VerdictView;
  /** The TLS versions, the oldest first; empty where no TLS server was reached. */
  readonly versions: readonly VersionProbe[];
  readonly notes: readonly Note[];
}
