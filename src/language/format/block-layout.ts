import type { TextRange } from "../../common/range.ts";
import {
  type Directive,
  directiveFacts,
  type HeaderField,
  isKnownMethod,
  type RequestBlock,
  type RequestNode,
  type Separator,
  type Span,
  type VariableDefinition,
} from "../../syntax/index.ts";
import type { FileLines } from "./file-lines.ts";
import type { LinePlan } from "./line-plan.ts";

const continuationIndent = "    ";

/** Plans the lines of a block that has no errors. Bodies, cURL commands and other dialects' forms stay as they are. */
export function layOutBlock(block: RequestBlock, lines: FileLines, plan: LinePlan): void {
  const { separator, directives, comments, variables, imports, runs, foreign, request } = block;
  for (const { range } of [...comments, ...imports, ...runs]) trimEnds(range, lines, plan);
  if (separator) layOutSeparator(separator, lines, plan);
  for (const directive of directives) layOutDirective(directive, lines, plan);
  for (const variable of variables) layOutVariable(variable, lines, plan);
  if (request?.dialect === "curl") plan.keep(request.range);
  else if (request) {
    layOutRequestLine(request, lines, plan);
    for (const header of request.headers) layOutHeader(header, lines, plan);
  }
  if (request && request.body.kind !== "none") plan.keep(request.body.range);
  for (const { range } of foreign) plan.keep(range);
}

function trimEnds(range: TextRange, lines: FileLines, plan: LinePlan): void {
  const last = lines.at(range.end);
  for (let line = lines.at(range.start); line <= last; line++) plan.write(line, trimEnd(lines.text(line)));
}

function layOutSeparator({ range, title }: Separator, lines: FileLines, plan: LinePlan): void {
  const line = lines.at(range.start);
  const [marks = ""] = /^#+/.exec(lines.text(line)) ?? [];
  plan.write(line, title ? `${marks} ${title.text}` : marks);
}

/** An unknown directive is a comment, whose blanks its author chose. */
function layOutDirective({ range, name, value }: Directive, lines: FileLines, plan: LinePlan): void {
  if (!directiveFacts.has(name.text)) {
    trimEnds(range, lines, plan);
    return;
  }
  writeTokens(range, [name, value], [/^[ \t]*(#|\/\/)[ \t]*@$/, /^[ \t]*$/], lines, plan, ([before]) => {
    const [indent = ""] = /^[ \t]*/.exec(before) ?? [];
    return `${indent}${before.includes("#") ? "#" : "//"} @${spaced(name.text, value.text)}`;
  });
}

function layOutVariable({ range, name, value }: VariableDefinition, lines: FileLines, plan: LinePlan): void {
  writeTokens(range, [name, value], [/^[ \t]*@$/, /^[ \t]*=[ \t]*$/], lines, plan, ([before]) =>
    spaced(`${before}${name.text} =`, value.text),
  );
}

function layOutHeader({ range, name, value }: HeaderField, lines: FileLines, plan: LinePlan): void {
  writeTokens(range, [name, value], [/^[ \t]*$/, /^[ \t]*:[ \t]*$/], lines, plan, () =>
    spaced(`${name.text}:`, value.text),
  );
}

/** The first line's words with one blank between; the others trimmed and indented. */
function layOutRequestLine({ method, url, version, lineRange }: RequestNode, lines: FileLines, plan: LinePlan): void {
  const words = [method, ...url.pieces, version]
    .filter((word) => word !== undefined)
    .sort((a, b) => a.range.start - b.range.start);
  const first = lines.at(lineRange.start);
  // A comment between continuation lines holds no words and stays.
  for (const [line, inLine] of Map.groupBy(words, ({ range }) => lines.at(range.start))) {
    const gaps = inLine.map(() => /^[ \t]*$/);
    const range = { start: lines.start(line), end: lines.end(line) };
    writeTokens(range, inLine, gaps, lines, plan, () => {
      const text = inLine.map((word) => (word === method ? methodText(word.text) : word.text)).join(" ");
      return line === first ? text : continuationIndent + text;
    });
  }
}

function methodText(written: string): string {
  return isKnownMethod(written) ? written.toUpperCase() : written;
}

function spaced(first: string, second: string): string {
  return second === "" ? first : `${first} ${second}`;
}

/**
 * Writes one line from its tokens when the line is nothing but these: before each stands what its gap allows, behind the
 * last only blanks. `make` gets the texts before the tokens.
 */
function writeTokens(
  range: TextRange,
  tokens: readonly Span[],
  gaps: readonly RegExp[],
  lines: FileLines,
  plan: LinePlan,
  make: (before: readonly [string, ...string[]]) => string,
): void {
  const line = lines.at(range.start);
  if (lines.at(range.end) !== line) return;
  const start = lines.start(line);
  const text = lines.text(line);
  const before: string[] = [];
  let end = 0;
  for (const [index, token] of tokens.entries()) {
    // An empty token may stand anywhere in the blanks behind the one before it.
    const from = token.text === "" ? trimEnd(text).length : token.range.start - start;
    const gap = text.slice(end, Math.max(from, end));
    if (!gaps[index]?.test(gap)) return;
    before.push(gap);
    end = Math.max(end, token.text === "" ? from : token.range.end - start);
  }
  const [first = "", ...others] = before;
  if (trimEnd(text.slice(end)) === "") plan.write(line, make([first, ...others]));
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === " " || text[end - 1] === "\t")) end--;
  return text.slice(0, end);
}
