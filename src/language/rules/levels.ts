import type { Severity } from "../../syntax/index.ts";
import type { RuleLevel } from "../host.ts";

/**
 * What a code is shown as. What refuses the request is still refused when it is shown lower, so it cannot be hidden:
 * an error is shown at least as an information.
 */
export function shownSeverity(severity: Severity, level: RuleLevel | undefined): Severity | "off" {
  if (level === undefined) return severity;
  return severity === "error" && (level === "off" || level === "hint") ? "information" : level;
}
