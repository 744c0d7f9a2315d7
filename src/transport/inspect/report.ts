import type { Failure } from "../../common/failure.ts";
import type { Note } from "../../common/note.ts";
import type { ConnectionReport, Timings } from "../report.ts";

export interface InspectionResult {
  /** `handshake`: it is verified, and was not refused by the server. No byte of a request is ever sent. */
  readonly outcome:
    | { readonly kind: "handshake" }
    | { readonly kind: "failure"; readonly failure: Failure; readonly requestSent: false };
  readonly connection: ConnectionReport | undefined;
  readonly timings: Timings;
  readonly notes: readonly Note[];
  /** One for each version, the oldest first; empty where no TLS server was reached. */
  readonly versions: readonly VersionProbe[];
}

/** Does the server accept one TLS version? Asked on a connection of its own, without a client certificate. */
export interface VersionProbe {
  readonly protocol: "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3";
  /** null: not known, because this runtime cannot speak the version or the connection failed otherwise. */
  readonly accepted: boolean | null;
  /** IANA name of the suite that the server chose; null where it accepted none. */
  readonly cipherSuite: string | null;
  /** Why it is not known, a few words; null otherwise. */
  readonly problem: string | null;
}
