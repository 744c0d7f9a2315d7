import { code, endOfBlanks, isBlank, isWordChar } from "./characters.ts";
import { directiveFacts } from "./directives.ts";
import type { Comment, Directive, VariableDefinition } from "./nodes.ts";
import type { Source } from "./source.ts";

/** A separator starts in the first column with three `#`; what follows is its title. */
export function isSeparator(source: Source, line: number): boolean {
  const start = source.start(line);
  return source.text.charCodeAt(start) === code.hash && source.text.startsWith("###", start);
}

/** `#` or `//` behind any blanks. The caller has excluded separators. */
export function isComment(source: Source, line: number): boolean {
  const first = source.first(line);
  const char = source.text.charCodeAt(first);
  return (
    first < source.end(line) &&
    (char === code.hash || (char === code.slash && source.text.charCodeAt(first + 1) === code.slash))
  );
}

/** The length of the marker: all `#` of a run, or the two slashes. */
function markerEnd(source: Source, first: number): number {
  if (source.text.charCodeAt(first) === code.slash) return first + 2;
  let offset = first;
  while (source.text.charCodeAt(offset) === code.hash) offset++;
  return offset;
}

/** For a line that `isComment`. */
export function readComment(source: Source, line: number): Comment {
  const range = source.rangeOf(line);
  return { range, text: source.trimmed(markerEnd(source, range.start), range.end) };
}

/** `# @name value`: one `#` (or `//`), blanks, `@`, a name of letters, digits, `.`, `_`, `-`. */
export function readDirective(source: Source, line: number): Directive | undefined {
  const first = source.first(line);
  const marker = markerEnd(source, first);
  if (source.text.charCodeAt(first) === code.hash && marker !== first + 1) return undefined;
  return readAtWord(source, line, marker);
}

/** The directive that a comment with more than one `#`, or with `=` or `:` behind the name, seems to mean. */
export function readMisspeltDirective(source: Source, line: number): Directive | undefined {
  const first = source.first(line);
  const directive = readAtWord(source, line, markerEnd(source, first), true);
  return directive && directiveFacts.has(directive.name.text) ? directive : undefined;
}

function readAtWord(source: Source, line: number, from: number, mayBeSlip = false): Directive | undefined {
  const end = source.end(line);
  const at = endOfBlanks(source.text, from, end);
  if (source.text.charCodeAt(at) !== code.at) return undefined;
  let nameEnd = at + 1;
  while (nameEnd < end && isNameChar(source.text.charCodeAt(nameEnd))) nameEnd++;
  const behind = source.text.charCodeAt(nameEnd);
  const isSlip = mayBeSlip && (behind === code.equals || behind === code.colon);
  if (nameEnd === at + 1 || !(nameEnd === end || isBlank(behind) || isSlip)) return undefined;
  return {
    range: source.rangeOf(line),
    name: source.span(at + 1, nameEnd),
    value: source.trimmed(nameEnd, end),
  };
}

function isNameChar(char: number): boolean {
  // Hyphen and full stop too.
  return isWordChar(char) || char === code.minus || char === 46;
}

/** A line that starts with `@`, well formed or not. */
export function isDefinitionLike(source: Source, line: number): boolean {
  return source.text.charCodeAt(source.first(line)) === code.at;
}

/** A well-formed definition in the first column: below a body an indented one is text. */
export function isDefinition(source: Source, line: number): boolean {
  const start = source.start(line);
  return source.text.charCodeAt(start) === code.at && equalsOf(source.text, start, source.end(line)) >= 0;
}

/** `@name = value`; the name is anything without blanks, `=` and braces. Undefined for every other line. */
export function readDefinition(source: Source, line: number): VariableDefinition | undefined {
  const { text } = source;
  const start = source.first(line);
  if (text.charCodeAt(start) !== code.at) return undefined;
  const end = source.last(line);
  const equals = equalsOf(text, start, end);
  if (equals < 0) return undefined;
  return { range: { start, end }, name: source.trimmed(start + 1, equals), value: source.trimmed(equals + 1, end) };
}

/** Where the `=` behind the name stands in a line with an `@` at `start`; -1 where it is no definition. */
function equalsOf(text: string, start: number, end: number): number {
  let nameEnd = start + 1;
  while (nameEnd < end && isVariableNameChar(text.charCodeAt(nameEnd))) nameEnd++;
  const equals = endOfBlanks(text, nameEnd, end);
  return nameEnd > start + 1 && equals < end && text.charCodeAt(equals) === code.equals ? equals : -1;
}

function isVariableNameChar(char: number): boolean {
  return !isBlank(char) && char !== code.equals && char !== code.openBrace && char !== code.closeBrace;
}
