import type { SourceLocation } from "../common/range.ts";
import { createLineMap } from "../syntax/index.ts";
import type { Problem, RequestBlock } from "../syntax/nodes.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { LoadedFile } from "./request-files.ts";

/**
 * Errors in blocks that hold no request. The engine reports those of a block that it is asked to send; here nothing
 * would ask, and a request whose first line was mistyped would drop out of the run unseen.
 */
export function checkBlocksWithoutRequest(file: LoadedFile): Diagnostic[] {
  const silent = file.parsed.blocks.filter((block) => block.request === undefined);
  return file.parsed.problems
    .filter((problem) => problem.severity === "error" && silent.some((block) => holds(block, problem)))
    .map((problem) => ({
      code: "parse.error",
      title: "A part of the file cannot be read",
      detail: problem.message,
      fix: `Correct line ${locate(file, problem).line} of ${file.shown} and run the command again.`,
      location: locate(file, problem),
    }));
}

function holds(block: RequestBlock, problem: Problem): boolean {
  return problem.range.start >= block.range.start && problem.range.start < block.range.end;
}

function locate(file: LoadedFile, { range }: Problem): SourceLocation {
  const lines = createLineMap(file.parsed.text);
  const start = lines.positionAt(range.start);
  const end = lines.positionAt(range.end);
  const lineText = lines.lineText(start.line);
  const endCharacter = end.line === start.line ? end.character : lineText.length;
  return {
    file: file.shown,
    line: start.line + 1,
    column: start.character + 1,
    endColumn: endCharacter + 1,
    lineText,
  };
}
