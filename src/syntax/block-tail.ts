import { isComment, isDefinition, readDirective } from "./annotations.ts";
import { directiveFacts } from "./directives.ts";
import type { Source } from "./source.ts";

/**
 * Where the tail of a block starts that is not body: paragraphs of definitions, directives and comments, behind a
 * blank line. With `commentsCount` the first may hold comments alone; without, it holds a definition or a directive,
 * because in a text a line of `#` may well be meant to be sent. `to` when there is none.
 */
export function findTail(source: Source, from: number, to: number, commentsCount: boolean): number {
  return findParagraphs(source, from, to, commentsCount ? judgeTailWithComments : judgeTail);
}

function judgeTail(source: Source, line: number): Verdict {
  if (isComment(source, line)) return isKnownDirective(source, line) ? "marks" : "fits";
  return isDefinition(source, line) ? "marks" : "breaks";
}

function judgeTailWithComments(source: Source, line: number): Verdict {
  return isComment(source, line) || isDefinition(source, line) ? "marks" : "breaks";
}

/**
 * Where the directives start that stand above the `###` line at `to` and belong to the request below it: paragraphs of
 * comments, definitions and directives, from the first that holds a directive. `to` when there are none.
 */
export function findLead(source: Source, from: number, to: number): number {
  return findParagraphs(source, from, to, judgeLead);
}

function judgeLead(source: Source, line: number): Verdict {
  if (isKnownDirective(source, line)) return "marks";
  return isComment(source, line) || isDefinition(source, line) ? "fits" : "breaks";
}

type Verdict = "marks" | "fits" | "breaks";
type Judge = (source: Source, line: number) => Verdict;

/** From `to` backwards over paragraphs whose lines all fit; the start of the earliest that holds a marking line. */
function findParagraphs(source: Source, from: number, to: number, judge: Judge): number {
  let found = to;
  let marked = false;
  for (let line = to - 1; line >= from; line--) {
    if (source.isBlank(line)) {
      marked = false;
      continue;
    }
    const verdict = judge(source, line);
    if (verdict === "breaks") {
      // The paragraph that this line is part of may already have been taken in from below.
      return found < to && touches(source, line, found) ? nextParagraph(source, found, to, judge) : found;
    }
    if (verdict === "marks") marked = true;
    if (marked) found = line;
  }
  return found;
}

/** True when no blank line stands between two lines. */
function touches(source: Source, line: number, below: number): boolean {
  for (let between = line + 1; between < below; between++) if (source.isBlank(between)) return false;
  return true;
}

/** The first paragraph below `from`'s own that holds a marking line; all lines down to `to` are known to fit. */
function nextParagraph(source: Source, from: number, to: number, judge: Judge): number {
  let start = -1;
  for (let line = from, behindBlank = false; line < to; line++) {
    if (source.isBlank(line)) {
      behindBlank = true;
      start = -1;
    } else if (behindBlank) {
      if (start < 0) start = line;
      if (judge(source, line) === "marks") return start;
    }
  }
  return to;
}

function isKnownDirective(source: Source, line: number): boolean {
  const directive = isComment(source, line) ? readDirective(source, line) : undefined;
  return directive !== undefined && directiveFacts.has(directive.name.text);
}

/**
 * Where a request starts whose request line is at `line` and has no `###` above it: comments, directives and definitions
 * directly above it, and paragraphs with directives above those, belong to it.
 */
export function findStart(source: Source, from: number, line: number): number {
  let start = line;
  while (start > from && (isComment(source, start - 1) || isDefinition(source, start - 1))) start--;
  return findLead(source, from, start);
}
