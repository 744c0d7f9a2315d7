import type { SourceLocation } from "../common/range.ts";
import { createLineMap, type LineMap } from "../syntax/index.ts";
import type { Problem, RequestBlock } from "../syntax/nodes.ts";
import { blockOf } from "./block-of.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { LoadedFile } from "./request-files.ts";

/**
 * Errors in blocks that hold no request. The engine reports those of a block that it is asked to send; here nothing
 * would ask, and a request whose first line was mistyped would drop out of the run unseen.
 */
export function checkBlocksWithoutRequest(file: LoadedFile): Diagnostic[] {
  const lines = createLineMap(file.parsed.text);
  return file.parsed.problems
    .filter((problem) => problem.severity === "error" && !isSendable(blockOf(file.parsed, problem)))
    .map((problem) => {
      const location = locate(file, problem, lines);
      return {
        code: "parse.error",
        title: "A part of the file cannot be read",
        detail: problem.message,
        fix: `Correct line ${location.line} of ${file.shown} and run the command again.`,
        location,
      };
    });
}

function isSendable(block: RequestBlock | undefined): boolean {
  return block !== undefined && (block.request !== undefined || block.runs.length > 0);
}

function locate(file: LoadedFile, { range }: Problem, lines: LineMap): SourceLocation {
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
