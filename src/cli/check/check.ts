import type { CheckCommand } from "../arguments.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { jsonLines } from "../json-lines.ts";
import { renderCheckSummary, renderFindings } from "../render/findings.ts";
import type { Channel } from "../reporter.ts";
import { type LoadedFile, loadRequestFiles } from "../request-files.ts";
import { clearPassphrases, environmentCredentials, sharedSecretFiles } from "./credential-findings.ts";
import { type Finding, findingAt, findingOf, sortFindings } from "./finding.ts";
import { languageFindings } from "./language-findings.ts";
import { namedFileFindings } from "./named-files.ts";
import { readSurroundings, type Surroundings } from "./surroundings.ts";
import { KnownEnvironments } from "./unknown-environments.ts";

export interface CheckContext {
  readonly cwd: string;
  readonly out: Channel;
}

/** `padlock check`: what the editor shows for the files, and mistakes in what stands beside them. */
export async function check(command: CheckCommand, { cwd, out }: CheckContext): Promise<ExitCode> {
  const { files, problems } = await loadRequestFiles(command.paths, cwd);
  const findings = [...problems.map(findingOfPath)];
  const beside = new Map<string, Finding>();
  const secretFiles = new Map<string, Finding | undefined>();
  const known = new KnownEnvironments();
  for (const file of files) {
    const surroundings = await readSurroundings(file);
    known.add(surroundings);
    const shared = await sharedSecretFiles(file.path, surroundings.root, cwd, secretFiles);
    for (const finding of [...(await findingsBeside(surroundings, cwd)), ...shared]) {
      beside.set(JSON.stringify(finding), finding);
    }
    findings.push(
      ...sortFindings([
        ...(await languageFindings(file, surroundings)),
        ...importFindings(file, surroundings),
        ...(await namedFileFindings(file, surroundings)),
      ]),
    );
  }
  for (const { failure, root } of known.findUnknown()) {
    const finding = findingOf(failure, "warning", root, cwd);
    beside.set(JSON.stringify(finding), finding);
  }
  findings.unshift(...beside.values());
  if (command.json) await out.output.write(jsonLines(findings));
  else {
    await out.output.write(renderFindings(findings, out.style));
    const checked = new Set([...files.map(({ shown }) => shown), ...[...beside.values()].map(({ file }) => file)]);
    await out.output.write(renderCheckSummary(findings, checked.size, out.style));
  }
  return exitCodeOf(findings, command.maxWarnings);
}

function exitCodeOf(findings: readonly Finding[], maxWarnings = Number.POSITIVE_INFINITY): ExitCode {
  const count = (wanted: Finding["severity"]) => findings.filter(({ severity }) => severity === wanted).length;
  return count("error") > 0 || count("warning") > maxWarnings ? exitCodes.wrongInput : exitCodes.passed;
}

/** A path that could not be found or read. */
function findingOfPath({ code, title, detail, fix, path, location }: Diagnostic): Finding {
  const { file, line, column } = location ?? { file: path ?? ".", line: 1, column: 1 };
  return {
    file,
    line,
    column,
    endLine: line,
    endColumn: column,
    severity: "error",
    code: code ?? "value.unreadable-file",
    message: `${title}. ${detail} ${fix}`,
  };
}

async function findingsBeside(
  { root, problems, warnings, raw, environmentFiles, facts }: Surroundings,
  cwd: string,
): Promise<Finding[]> {
  const { levels = {} } = facts;
  return sortFindings([
    ...(await environmentCredentials(environmentFiles, levels, cwd)),
    ...clearPassphrases(raw, levels, cwd),
    ...problems.map((failure) => findingOf(failure, "error", root, cwd)),
    ...warnings.map((failure) => findingOf(failure, "warning", root, cwd)),
  ]);
}

function importFindings({ shown, parsed }: LoadedFile, { unreadableImports }: Surroundings): Finding[] {
  return unreadableImports.map(({ path, reason }) =>
    findingAt(shown, parsed.text, path.range, {
      severity: "error",
      code: "value.unreadable-file",
      message: `The imported file ${path.text} cannot be read: ${reason}. No request of this file is sent without it.`,
    }),
  );
}
