import type { ImportNode, RunNode, Span, VariableDefinition } from "./nodes.ts";
import type { Source } from "./source.ts";

/** The word that a line above the request line starts with, if it asks for another file or request. */
export function importWord(source: Source, line: number): "import" | "run" | undefined {
  const { text } = source.line(line);
  const word = text.startsWith("import") ? "import" : text.startsWith("run") ? "run" : undefined;
  if (word === undefined) return undefined;
  const rest = text.slice(word.length);
  // `run https://example.com/` has a method of its own.
  if (rest !== "" && !/^[ \t]/.test(rest)) return undefined;
  return /^[ \t]+[^ \t]+:\/\//.test(rest) ? undefined : word;
}

/** `import FILE`; undefined without a file. */
export function readImport(source: Source, line: number): ImportNode | undefined {
  const { range } = source.line(line);
  const path = unquoted(source, source.trimmed(range.start + "import".length, range.end));
  // `import { a } from "b"` is a script's.
  return path.text === "" || /^(?:\{(?!\{)|\*[ \t])/.test(path.text) ? undefined : { range, path };
}

/** `run [FILE] [#NAME] [(@name = value, …)]`; undefined where neither is named or the variables are malformed. */
export function readRun(source: Source, line: number): RunNode | undefined {
  const { text, range } = source.line(line);
  const open = text.search(/\([ \t]*@/);
  if (open >= 0 && !text.endsWith(")")) return undefined;
  const variables = open < 0 ? [] : readArguments(source, range.start + open + 1, range.end - 1);
  const target = source.trimmed(range.start + "run".length, open < 0 ? range.end : range.start + open);
  if (!variables || target.text === "") return undefined;
  const hash = target.text.startsWith("#") ? 0 : target.text.search(/(?<=[ \t]|\.(?:https?|rest))#/i);
  const isNamed = hash >= 0;
  const pathEnd = isNamed ? target.range.start + hash : target.range.end;
  const path = unquoted(source, source.trimmed(target.range.start, pathEnd));
  const name = isNamed ? source.trimmed(pathEnd + 1, target.range.end) : undefined;
  if (name?.text === "") return undefined;
  return { range, path: path.text === "" ? undefined : path, name, variables };
}

/** `@name = value`, separated by commas; a comma that no `@` follows belongs to the value. */
function readArguments(source: Source, start: number, end: number): VariableDefinition[] | undefined {
  const found: VariableDefinition[] = [];
  const inside = source.text.slice(start, end);
  let from = 0;
  for (const piece of inside.split(/,(?=[ \t]*@)/)) {
    const span = source.trimmed(start + from, start + from + piece.length);
    from += piece.length + 1;
    const equals = span.text.indexOf("=");
    const name = source.trimmed(span.range.start + 1, span.range.start + Math.max(equals, 1));
    if (equals < 0 || !/^[^\s{}]+$/.test(name.text)) return undefined;
    found.push({ range: span.range, name, value: source.trimmed(span.range.start + equals + 1, span.range.end) });
  }
  return found;
}

function unquoted(source: Source, span: Span): Span {
  const quote = span.text[0];
  const isQuoted = span.text.length > 2 && (quote === '"' || quote === "'") && span.text.endsWith(quote);
  return isQuoted ? source.span(span.range.start + 1, span.range.end - 1) : span;
}

/** `# @import FILE`. */
export function importOfDirective(source: Source, { range, value }: { range: ImportNode["range"]; value: Span }) {
  return { range, path: unquoted(source, value) } satisfies ImportNode;
}
