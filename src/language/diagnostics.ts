import type { Position, TextRange } from "../common/range.ts";
import type { RequestFile, Severity } from "../syntax/index.ts";
import { Definitions } from "./definitions.ts";
import { lineMapOf } from "./line-map-of.ts";
import { referenceSites } from "./reference-sites.ts";
import { rules } from "./rules/table.ts";

export interface Diagnostic {
  /** Stable: a problem's (`parse.…`) or a rule's. */
  readonly code: string;
  readonly severity: Severity;
  readonly range: TextRange;
  /** The same place as 0-based positions. */
  readonly start: Position;
  readonly end: Position;
  readonly message: string;
}

/** The parser's problems and what the rules find, in the order of their places. */
export function diagnostics(file: RequestFile): Diagnostic[] {
  const found: Diagnostic[] = [];
  const lines = lineMapOf(file);
  const add = (code: string, severity: Severity, range: TextRange, message: string) => {
    const start = lines.positionAt(range.start);
    found.push({ code, severity, range, start, end: lines.positionAt(range.end), message });
  };
  for (const { code, severity, range, message } of file.problems) add(code, severity, range, message);
  const context = { file, definitions: new Definitions(file), references: referenceSites(file) };
  for (const { code, severity, check } of rules) {
    check(context, (range, message) => add(code, severity, range, message));
  }
  return found.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
