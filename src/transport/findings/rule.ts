import type { FailureCode } from "../../common/failure.ts";
import type { Finding } from "../report.ts";
import type { TlsFacts } from "../tls-report.ts";

/** What the rules look at. */
export interface Inspected {
  readonly tls: TlsFacts;
  /** Of the URL. */
  readonly host: string;
  /** The certificate must be for it: the host, or the name that the settings give instead. */
  readonly name: string;
  /** The option that gives `name`, where the settings do not. */
  readonly nameOption?: string | undefined;
  /** What the verdict says already; no rule repeats it. */
  readonly refusedFor?: FailureCode | undefined;
  readonly now: number;
}

/** One thing to look for. */
export type Rule = (inspected: Inspected) => readonly Finding[];

export const ok = (text: string): Finding => ({ level: "ok", text });
export const note = (text: string): Finding => ({ level: "note", text });
export const warning = (text: string): Finding => ({ level: "warning", text });
export const error = (text: string): Finding => ({ level: "error", text });

/** Certificates that end sooner than this get a warning: time enough to renew one. */
export const expiresSoonDays = 21;

/** `in 12 days`. */
export function inDays(count: number): string {
  if (count === 0) return "within a day";
  return count === 1 ? "in 1 day" : `in ${count} days`;
}
