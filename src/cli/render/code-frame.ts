import type { SourceLocation } from "../../common/range.ts";
import type { Style } from "./style.ts";
import { terminalLine } from "./terminal-text.ts";

const widest = 120;
const keptBefore = 40;
const tab = "    ";

/**
 * The place, and where the text of the line is known the line with carets under the part that is meant:
 *
 *   --> api.https:4:24
 *    |
 *  4 | Authorization: Bearer {{$env.API_TOKEN}}
 *    |                       ^^^^^^^^^^^^^^^^^^
 */
export function renderCodeFrame(location: SourceLocation, style: Style): string[] {
  const number = String(location.line);
  const margin = " ".repeat(number.length);
  const place = `${terminalLine(location.file)}:${location.line}:${location.column}`;
  const head = `${margin}${style.dim("-->")} ${style.cyan(place)}`;
  if (location.lineText === undefined || location.lineText === "") return [head];

  const { text, start, end } = cutAround(location.lineText, location.column - 1, endOf(location));
  const before = shown(text.slice(0, start));
  const marked = shown(text.slice(start, end));
  const bar = style.dim("|");
  return [
    head,
    `${margin} ${bar}`,
    `${style.dim(number)} ${bar} ${before}${marked}${shown(text.slice(end))}`,
    `${margin} ${bar} ${" ".repeat(columns(before))}${style.red("^".repeat(Math.max(1, columns(marked))))}`,
  ];
}

function endOf(location: SourceLocation): number {
  return Math.max(location.column, location.endColumn ?? location.column + 1) - 1;
}

/** A window on a long line (a minified body, a token) that holds the start of the marked part. */
function cutAround(line: string, start: number, end: number): { text: string; start: number; end: number } {
  const from = line.length <= widest ? 0 : Math.max(0, Math.min(start - keptBefore, line.length - widest));
  const to = Math.min(line.length, from + widest);
  const lead = from > 0 ? "…" : "";
  const text = `${lead}${line.slice(from, to)}${to < line.length ? "…" : ""}`;
  const shift = lead.length - from;
  return { text, start: Math.min(start, line.length) + shift, end: Math.min(end, to) + shift };
}

function shown(text: string): string {
  return terminalLine(text.replaceAll("\t", tab));
}

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;
const combining = /\p{M}/u;

/** Terminal cells that a text takes: two for East Asian wide characters and emoji, none for combining marks. */
function columns(text: string): number {
  let count = 0;
  for (const char of text) count += combining.test(char) ? 0 : wide.test(char) ? 2 : 1;
  return count;
}
