import { code, isBlank } from "./characters.ts";
import { directiveFacts } from "./directives.ts";
import type { Comment, Directive, VariableDefinition } from "./nodes.ts";
import type { Source } from "./source.ts";

/** A separator starts in the first column with three `#`; what follows is its title. */
export function isSeparator(source: Source, line: number): boolean {
  return source.text.startsWith("###", source.start(line));
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
  const { range } = source.line(line);
  return { range, text: source.trimmed(markerEnd(source, range.start), range.end) };
}

/** `# @name value`: one `#` (or `//`), blanks, `@`, a name of letters, digits, `.`, `_`, `-`. */
export function readDirective(source: Source, line: number): Directive | undefined {
  const first = source.first(line);
  const marker = markerEnd(source, first);
  if (source.text.charCodeAt(first) === code.hash && marker !== first + 1) return undefined;
  return readAtWord(source, line, marker);
}

/** The directive that a comment with more than one `#` seems to mean. */
export function readMisspeltDirective(source: Source, line: number): Directive | undefined {
  const first = source.first(line);
  const directive = readAtWord(source, line, markerEnd(source, first));
  return directive && directiveFacts.has(directive.name.text) ? directive : undefined;
}

function readAtWord(source: Source, line: number, from: number): Directive | undefined {
  const end = source.end(line);
  let at = from;
  while (at < end && isBlank(source.text.charCodeAt(at))) at++;
  if (source.text.charCodeAt(at) !== code.at) return undefined;
  let nameEnd = at + 1;
  while (nameEnd < end && isNameChar(source.text.charCodeAt(nameEnd))) nameEnd++;
  const closed = nameEnd === end || isBlank(source.text.charCodeAt(nameEnd));
  if (nameEnd === at + 1 || !closed) return undefined;
  return {
    range: source.line(line).range,
    name: source.span(at + 1, nameEnd),
    value: source.trimmed(nameEnd, end),
  };
}

function isNameChar(char: number): boolean {
  const lower = char | 32;
  // Digits, hyphen, full stop, underscore.
  return (lower >= 97 && lower <= 122) || (char >= 48 && char <= 57) || char === 45 || char === 46 || char === 95;
}

/** A line that starts with `@`, well formed or not. */
export function isDefinitionLike(source: Source, line: number): boolean {
  return source.text.charCodeAt(source.first(line)) === code.at;
}

/** `@name = value`; the name is anything without blanks, `=` and braces. Undefined for every other line. */
export function readDefinition(source: Source, line: number): VariableDefinition | undefined {
  const { range } = source.line(line);
  if (source.text.charCodeAt(range.start) !== code.at) return undefined;
  let offset = range.start + 1;
  while (offset < range.end && isVariableNameChar(source.text.charCodeAt(offset))) offset++;
  const nameEnd = offset;
  while (offset < range.end && isBlank(source.text.charCodeAt(offset))) offset++;
  if (nameEnd === range.start + 1 || offset >= range.end || source.text.charCodeAt(offset) !== code.equals) {
    return undefined;
  }
  return {
    range,
    name: source.span(range.start + 1, nameEnd),
    value: source.trimmed(offset + 1, range.end),
  };
}

function isVariableNameChar(char: number): boolean {
  return !isBlank(char) && char !== code.equals && char !== code.openBrace && char !== code.closeBrace;
}
