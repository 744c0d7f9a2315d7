import { resolve } from "node:path";
import type { Diagnostic } from "vscode-languageserver-types";
import type { Failure } from "../../common/failure.ts";
import type { TextRange } from "../../common/range.ts";
import { shownFile } from "../../settings/shown-file.ts";
import { createLineMap } from "../../syntax/index.ts";

/** One line of `padlock check`, one object of its `--json`. Lines and columns are 1-based, ends exclusive. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: FindingSeverity;
  readonly code: string;
  readonly message: string;
}

export type FindingSeverity = "error" | "warning" | "information" | "hint";

/** A mistake in a file beside the request files. `root`: the absolute folder that its path starts from. */
export function findingOf(failure: Failure, severity: FindingSeverity, root: string, cwd: string): Finding {
  const { code, detail, fix, location } = failure;
  const { file = ".", line = 1, column = 1, endColumn = column } = location ?? {};
  const shown = shownFile(cwd, resolve(root, file));
  return { file: shown, line, column, endLine: line, endColumn, severity, code, message: `${detail} ${fix}` };
}

/** A mistake at a place of a request file. `shown`: as given on the command line. */
export function findingAt(
  shown: string,
  text: string,
  range: TextRange,
  what: Pick<Finding, "severity" | "code" | "message">,
): Finding {
  const lines = createLineMap(text);
  const [start, end] = [lines.positionAt(range.start), lines.positionAt(range.end)];
  return {
    file: shown,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    ...what,
  };
}

/** `DiagnosticSeverity` of the Language Server Protocol. */
const severities: readonly FindingSeverity[] = ["error", "error", "warning", "information", "hint"];

/** What the language service says of a file. `shown`: as given on the command line. */
export function findingOfDiagnostic(shown: string, { range, severity, code, message }: Diagnostic): Finding {
  return {
    file: shown,
    line: range.start.line + 1,
    column: range.start.character + 1,
    endLine: range.end.line + 1,
    endColumn: range.end.character + 1,
    severity: severities[severity ?? 1] ?? "error",
    code: String(code ?? ""),
    message: typeof message === "string" ? message : message.value,
  };
}

/** By place; files stay in the order in which they were found. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) => a.line - b.line || a.column - b.column || a.endLine - b.endLine || a.endColumn - b.endColumn,
  );
}
