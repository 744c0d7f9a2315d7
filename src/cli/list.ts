import { plural } from "../common/units.ts";
import type { ListCommand } from "./arguments.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { jsonLines } from "./json-lines.ts";
import { type ListedFile, listFile } from "./listing.ts";
import { renderListing } from "./render/listing.ts";
import { type Channel, reportDiagnostics } from "./reporter.ts";
import { loadRequestFiles } from "./request-files.ts";

export interface ListContext {
  readonly cwd: string;
  readonly out: Channel;
  readonly diagnostics: Channel;
}

/** `padlock list`: reads files only; what can be read is listed, also where another file cannot. */
export async function list(command: ListCommand, { cwd, out, diagnostics }: ListContext): Promise<ExitCode> {
  const { files, problems } = await loadRequestFiles(command.paths, cwd);
  const listed = files.map(listFile);
  if (command.json) await out.output.write(jsonLines(listed));
  else {
    await out.output.write(renderListing(listed, out.style));
    await diagnostics.output.write(noteProblems(listed));
  }
  await reportDiagnostics(problems, diagnostics);
  return problems.length > 0 ? exitCodes.wrongInput : exitCodes.passed;
}

function noteProblems(listed: readonly ListedFile[]): string {
  const found = listed.flatMap(({ problems, requests }) => [problems, ...requests.map((request) => request.problems)]);
  const count = found.flat().filter(({ severity }) => severity === "error" || severity === "warning").length;
  return count === 0 ? "" : `${plural(count, "problem")} found while reading: padlock check shows them.\n`;
}
