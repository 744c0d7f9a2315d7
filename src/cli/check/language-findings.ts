import { pathToFileURL } from "node:url";
import { diagnoseFile } from "../../language/index.ts";
import type { LoadedFile } from "../request-files.ts";
import type { Finding, FindingSeverity } from "./finding.ts";
import type { Surroundings } from "./surroundings.ts";

/** `DiagnosticSeverity` of the Language Server Protocol. */
const severities: readonly FindingSeverity[] = ["error", "error", "warning", "information", "hint"];

/** What the editor would show for the file: the one place that knows the language service. */
export function languageFindings({ shown, path, parsed }: LoadedFile, surroundings: Surroundings): Finding[] {
  return diagnoseFile(parsed, pathToFileURL(path).href, surroundings.facts).map(
    ({ range, severity, code, message }) => ({
      file: shown,
      line: range.start.line + 1,
      column: range.start.character + 1,
      endLine: range.end.line + 1,
      endColumn: range.end.character + 1,
      severity: severities[severity ?? 1] ?? "error",
      code: String(code ?? ""),
      message: typeof message === "string" ? message : message.value,
    }),
  );
}
