import { plural } from "../../common/units.ts";
import type { Summary } from "../summary.ts";
import type { Style } from "./style.ts";

/** "4 requests: 3 answered, 1 failed", ending with a line feed. */
export function renderSummary(summary: Summary, style: Style): string {
  const parts = [
    style.green(counted(summary.answered, "answered")),
    style.red(counted(summary.failed, "failed")),
    style.yellow(counted(summary.canceled, "canceled")),
    style.yellow(counted(summary.notSent, "not sent")),
    counted(summary.skipped, "skipped"),
    style.red(summary.problems === 0 ? "" : `${plural(summary.problems, "problem")} outside the requests`),
  ];
  const total = summary.requests + summary.skipped;
  return `${style.bold(plural(total, "request"))}: ${parts.filter((part) => part !== "").join(", ")}\n`;
}

function counted(count: number, word: string): string {
  return count === 0 ? "" : `${count} ${word}`;
}
