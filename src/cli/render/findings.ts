import { plural } from "../../common/units.ts";
import type { Finding, FindingSeverity } from "../check/finding.ts";
import type { Style } from "./style.ts";
import { terminalLine } from "./terminal-text.ts";

const colours: Readonly<Record<FindingSeverity, keyof Style>> = {
  error: "red",
  warning: "yellow",
  information: "cyan",
  hint: "dim",
};

/** `api.https:4:7: warning: message (code)`, one a line: what editors and build servers know how to read. */
export function renderFindings(findings: readonly Finding[], style: Style): string {
  return findings
    .map(({ file, line, column, severity, code, message }) => {
      const place = `${terminalLine(file)}:${line}:${column}`;
      return `${style.bold(place)}: ${style[colours[severity]](severity)}: ${terminalLine(message)} ${style.dim(`(${code})`)}\n`;
    })
    .join("");
}

/** "2 errors, 1 warning in 5 files". */
export function renderCheckSummary(findings: readonly Finding[], files: number, style: Style): string {
  const count = (wanted: FindingSeverity) => findings.filter(({ severity }) => severity === wanted).length;
  const counted = (["error", "warning", "information", "hint"] as const)
    .filter((severity) => count(severity) > 0)
    .map((severity) => style[colours[severity]](nameOf(severity, count(severity))));
  const found = counted.length === 0 ? style.green("No problems") : counted.join(", ");
  return `${found} in ${plural(files, "file")}\n`;
}

function nameOf(severity: FindingSeverity, count: number): string {
  return severity === "information" ? `${count} information` : plural(count, severity);
}
