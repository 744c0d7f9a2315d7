import type { TextRange } from "../common/range.ts";
import type { Problem } from "./nodes.ts";
import { type ProblemRule, problemRules } from "./problem-rules.ts";

export type ProblemName = keyof typeof problemRules;

const longestQuote = 60;

/** Collects problems while a file is read. */
export class ProblemLog {
  readonly #problems: Problem[] = [];

  add(name: ProblemName, range: TextRange, subject = "", advice = ""): void {
    const { code, severity, message }: ProblemRule = problemRules[name];
    this.#problems.push({ code, severity, range, message: message(shorten(subject), advice) });
  }

  /** In the order of their places; those of one place in the order they were found. */
  sorted(): readonly Problem[] {
    return this.#problems.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  }
}

/** One line of at most `longestQuote` characters. */
function shorten(written: string): string {
  const text = /[\r\n]/.test(written) ? written.replace(/\s*[\r\n]+\s*/g, " ") : written;
  return text.length <= longestQuote ? text : `${text.slice(0, longestQuote - 1)}…`;
}
