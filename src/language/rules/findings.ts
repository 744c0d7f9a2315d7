import type { RequestFile, Severity } from "../../syntax/index.ts";
import { RuleContext } from "./context.ts";
import type { KnownFacts } from "./known-facts.ts";
import { shownSeverity } from "./levels.ts";
import type { Details, Finding } from "./rule.ts";
import { rules } from "./table.ts";

/** The parser's problems and what the rules find, in the order of their places. */
export function findings(file: RequestFile, known: KnownFacts): readonly Finding[] {
  const found: Finding[] = [];
  const levels = known.levels ?? {};
  const levelOf = (code: string) => (Object.hasOwn(levels, code) ? levels[code] : undefined);
  const add = (finding: Omit<Finding, "severity">, severity: Severity) => {
    const shown = shownSeverity(severity, levelOf(finding.code));
    if (shown !== "off") found.push({ ...finding, severity: shown });
  };
  for (const { code, severity, range, message } of file.problems) {
    add({ code, range, message, tag: undefined, details: none }, severity);
  }
  const context = new RuleContext(file, known);
  for (const { code, severity, tag, check } of rules) {
    if (shownSeverity(severity, levelOf(code)) === "off") continue;
    check(context, (range, message, details = none) => add({ code, range, message, tag, details }, severity));
  }
  return found.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

const none: Details = {};
