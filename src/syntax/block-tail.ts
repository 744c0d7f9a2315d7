import { isComment, readDefinition, readDirective } from "./annotations.ts";
import { code } from "./characters.ts";
import { directiveFacts } from "./directives.ts";
import type { Source } from "./source.ts";

/**
 * Where the tail of a block starts that is not body: paragraphs of definitions, directives and comments, behind a
 * blank line, from the first that holds a definition or a directive. A tail of comments alone stays body, because
 * a line of `#` may well be meant to be sent. `to` when there is none.
 */
export function findTail(source: Source, from: number, to: number): number {
  return findParagraphs(source, from, to, (line) => {
    if (isKnownDirective(source, line) || isDefinition(source, line)) return "marks";
    return isComment(source, line) ? "fits" : "breaks";
  });
}

/**
 * Where the directives start that stand above the `###` line at `to` and belong to the request below it: paragraphs of
 * comments, definitions and directives, from the first that holds a directive. `to` when there are none.
 */
export function findLead(source: Source, from: number, to: number): number {
  return findParagraphs(source, from, to, (line) => {
    if (isKnownDirective(source, line)) return "marks";
    return isComment(source, line) || isDefinition(source, line) ? "fits" : "breaks";
  });
}

type Verdict = "marks" | "fits" | "breaks";

/** From `to` backwards over paragraphs whose lines all fit; the start of the earliest that holds a marking line. */
function findParagraphs(source: Source, from: number, to: number, judge: (line: number) => Verdict): number {
  let found = to;
  let marked = false;
  for (let line = to - 1; line >= from; line--) {
    if (source.isBlank(line)) {
      marked = false;
      continue;
    }
    const verdict = judge(line);
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
function nextParagraph(source: Source, from: number, to: number, judge: (line: number) => Verdict): number {
  let start = -1;
  for (let line = from, behindBlank = false; line < to; line++) {
    if (source.isBlank(line)) {
      behindBlank = true;
      start = -1;
    } else if (behindBlank) {
      if (start < 0) start = line;
      if (judge(line) === "marks") return start;
    }
  }
  return to;
}

function isKnownDirective(source: Source, line: number): boolean {
  const directive = isComment(source, line) ? readDirective(source, line) : undefined;
  return directive !== undefined && directiveFacts.has(directive.name.text);
}

function isDefinition(source: Source, line: number): boolean {
  return source.text.charCodeAt(source.start(line)) === code.at && readDefinition(source, line) !== undefined;
}
