import type { VersionProbe } from "./inspection-view.ts";

/** What is said of one TLS version that a server was asked for. */
export interface VersionLine {
  /** `TLS 1.0`. */
  readonly name: string;
  readonly answer: string;
  /** `warning`: it should not be accepted any more (RFC 8996). */
  readonly level: "ok" | "warning" | "neutral";
  /** IANA name; null where the version was not accepted. */
  readonly cipherSuite: string | null;
}

export function versionLine({ protocol, accepted, cipherSuite, problem }: VersionProbe): VersionLine {
  const name = protocol === "TLSv1" ? "TLS 1.0" : protocol.replace("TLSv", "TLS ");
  if (accepted === null)
    return { name, answer: `not known (${problem ?? "no answer"})`, level: "neutral", cipherSuite };
  if (!accepted) return { name, answer: "refused", level: "neutral", cipherSuite };
  const isObsolete = protocol === "TLSv1" || protocol === "TLSv1.1";
  const level = isObsolete ? "warning" : "ok";
  return { name, answer: isObsolete ? "accepted, obsolete" : "accepted", level, cipherSuite };
}
