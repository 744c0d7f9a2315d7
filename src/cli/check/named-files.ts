import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Failure } from "../../common/failure.ts";
import { checkOutput, checkPath } from "../../settings/index.ts";
import type { BodyNode, FileContent, OutputNode, Span } from "../../syntax/nodes.ts";
import type { LoadedFile } from "../request-files.ts";
import { type Finding, findingAt } from "./finding.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * The files that bodies, `run` and `>>` lines name. One that is not there is a warning, because something may still make
 * it before the request is sent. A path with a reference in it is known only then.
 */
export async function namedFileFindings(file: LoadedFile, surroundings: Surroundings): Promise<Finding[]> {
  const isKnown = ({ text }: Span) => text !== "" && !text.includes("{{");
  const read = file.parsed.blocks.flatMap(({ runs, request }) => [
    ...runs.flatMap(({ path }) => path ?? []),
    ...(request ? filesOf(request.body).map(({ path }) => path) : []),
  ]);
  const written = file.parsed.blocks.flatMap(({ outputs }) => outputs);
  const found = await Promise.all([
    ...read.filter(isKnown).map((path) => readFinding(path, file, surroundings)),
    ...written.filter(({ path }) => isKnown(path)).map((output) => outputFinding(output, file, surroundings)),
  ]);
  return found.filter((finding) => finding !== undefined);
}

async function readFinding({ text, range }: Span, file: LoadedFile, { root, folders }: Surroundings) {
  const path = resolve(dirname(file.path), text);
  const { kind } = await checkPath(path, folders);
  if (kind === "outside") {
    return findingAt(file.shown, file.parsed.text, range, {
      severity: "warning",
      code: "policy.path-outside-workspace",
      message: `The file ${text} is outside of the workspace folder, ${root}, so the request is sent only where a person's own padlock.outsidePaths list its folder. Copy it into the workspace folder.`,
    });
  }
  if (await isFile(path)) return undefined;
  return findingAt(file.shown, file.parsed.text, range, {
    severity: "warning",
    code: "value.unreadable-file",
    message: `There is no file ${text}, so the request is not sent. Correct the path: it starts at the folder of this file.`,
  });
}

async function outputFinding(
  { path: { text, range }, overwrites }: OutputNode,
  { path, shown, parsed }: LoadedFile,
  place: Surroundings,
): Promise<Finding | undefined> {
  const location = { file: shown, line: 1, column: 1 };
  const namesFolder = /[\\/]$/.test(text);
  try {
    await checkOutput({ path: resolve(dirname(path), text), namesFolder, shown: text, overwrites, location }, place);
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const message = `${error.detail} ${error.fix}`;
    return findingAt(shown, parsed.text, range, { severity: "error", code: error.code, message });
  }
}

function filesOf(body: BodyNode): readonly FileContent[] {
  if (body.kind === "file") return [body];
  return body.kind === "mixed" ? body.parts.filter((part) => part.kind === "file") : [];
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
