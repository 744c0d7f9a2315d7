import type { RuleLevel } from "../../language/host.ts";

const levels: ReadonlySet<unknown> = new Set<RuleLevel>(["off", "hint", "information", "warning", "error"]);

/** `padlock.diagnostics`: code → level. What is no level is reported with the settings, not here. */
export function ruleLevels(values: Readonly<Record<string, unknown>>): Readonly<Record<string, RuleLevel>> {
  const written = values["padlock.diagnostics"];
  if (written === null || typeof written !== "object") return {};
  const entries = Object.entries(written).filter((entry): entry is [string, RuleLevel] => levels.has(entry[1]));
  return Object.fromEntries(entries);
}
