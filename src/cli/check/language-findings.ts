import { pathToFileURL } from "node:url";
import type { LoadedFile } from "../request-files.ts";
import { type Finding, findingOfDiagnostic } from "./finding.ts";
import type { Surroundings } from "./surroundings.ts";

/** What the editor would show for the file. The language service is a bundle of its own, which only `check` loads. */
export async function languageFindings(
  { shown, path, parsed }: LoadedFile,
  surroundings: Surroundings,
): Promise<Finding[]> {
  const { diagnoseFile } = await import("../../language/index.ts");
  return diagnoseFile(parsed, pathToFileURL(path).href, surroundings.facts).map((found) =>
    findingOfDiagnostic(shown, found),
  );
}
