import { code, isBlank } from "../characters.ts";
import type { FileContent } from "../nodes.ts";
import type { Source } from "../source.ts";

/** `< path`, `<@ path` and `<@encoding path`, for a trimmed line: the blank tells them from markup. */
export function isFileLine(text: string): boolean {
  if (text.charCodeAt(0) !== code.less) return false;
  const path = text.slice(markEnd(text)).trimStart();
  return isBlank(text.charCodeAt(markEnd(text))) && path !== "" && !path.startsWith("{%") && !path.endsWith(">");
}

/** For a line that `isFileLine`. */
export function readFileLine(source: Source, line: number): FileContent {
  const { text, range } = source.line(line);
  const mark = markEnd(text);
  return {
    path: source.trimmed(range.start + mark, range.end),
    substitute: mark > 1,
    encoding: mark > 2 ? source.span(range.start + 2, range.start + mark) : undefined,
    lineEnds: "keep",
  };
}

/** Behind `<`, `<@` or `<@encoding`; in anything else behind the `<`. */
function markEnd(text: string): number {
  if (text.charCodeAt(1) !== code.at) return 1;
  let end = 2;
  while (/[\w.:-]/.test(text.charAt(end)) && end < 32) end++;
  return end;
}

/** A line that can be nothing but a file with the blank forgotten: `<./path`, `<@./path`, `<~/path`. */
export function isFileWithoutBlank(text: string): boolean {
  return /^<@?(?:\.{1,2}[\\/]|~[\\/]|[A-Za-z]:[\\/])[^<>]*$/.test(text);
}

/** `<name.json` as the only line: also a file, or broken markup. */
export function isLoneFileWithoutBlank(text: string): boolean {
  return /^<@?[\w./\\-]+\.\w{1,8}$/.test(text);
}

/** What to write for a line that `isFileWithoutBlank`. */
export function withBlank(text: string): string {
  return text.replace(/^<@?/, "$& ");
}

/** An indented line that would be a file in the first column, and looks like a path rather than text. */
export function looksLikeIndentedFile(text: string): boolean {
  return isFileLine(text) && /^<(?:@\S*)?[ \t]+(?:\.{0,2}\/|[\w./-]+\.\w{1,5}$)/.test(text);
}
