import type { Note } from "../common/note.ts";
import type { RequestBlock, RequestFile } from "../syntax/index.ts";
import type { Locate } from "./places.ts";

/**
 * One warning for each script below the request. It is never run, so what it would have checked must not look as if it
 * had passed.
 */
export function scriptNotes(
  { problems }: RequestFile,
  { range: { start, end } }: RequestBlock,
  locate: Locate,
): Note[] {
  return problems
    .filter(({ code, range }) => code === "parse.response-script" && range.start >= start && range.start < end)
    .map(({ message, range }) => {
      const { file, line } = locate(range);
      return { level: "warning", text: `${file}:${line}: ${message}` };
    });
}
