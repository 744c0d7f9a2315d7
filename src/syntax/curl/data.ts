import type { BodyNode, BodyPart, FileContent, Span } from "../nodes.ts";
import type { ProblemLog } from "../problems.ts";
import { scanReferences } from "../references.ts";
import type { Argument } from "./arguments.ts";

/** One `-d`, `--data-…` or `--json`: text, or a file. */
export type DataPiece =
  | { readonly kind: "text"; readonly text: Span }
  | { readonly kind: "file"; readonly file: FileContent; readonly range: Span["range"] };

/** Reads one data option; undefined where it cannot be read, which is reported. */
export function readData({ option, name, value }: Argument, problems: ProblemLog): DataPiece | undefined {
  if (option === "data-urlencode") {
    const text = urlEncoded(value.text);
    if (text.ok) return { kind: "text", text: { text: text.value, range: value.range } };
    problems.add("curlOption", value.range, name, text.advice);
    return undefined;
  }
  if (option === "data-raw" || !value.text.startsWith("@")) return { kind: "text", text: value };
  const path = { text: value.text.slice(1), range: value.range };
  if (path.text === "-" || !/^[^\r\n]+$/.test(path.text)) {
    problems.add("curlOption", value.range, name, 'needs the name of a file behind the "@".');
    return undefined;
  }
  const lineEnds = option === "data" ? "remove" : "keep";
  return { kind: "file", file: { path, substitute: false, encoding: undefined, lineEnds }, range: value.range };
}

type Encoded = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly advice: string };

/** `content`, `=content` and `name=content`: the content percent-encoded, references as `{{%name}}`. */
function urlEncoded(text: string): Encoded {
  const equals = text.indexOf("=");
  if (equals < 0 && text.includes("@")) {
    return { ok: false, advice: "cannot encode a file here. Encode it and use --data-binary." };
  }
  const name = equals > 0 ? text.slice(0, equals + 1) : "";
  const content = text.slice(equals + 1);
  let value = name;
  let from = 0;
  for (const { range, kind, name: reference } of scanReferences(content)) {
    if (kind !== "variable" && kind !== "encoded") {
      return { ok: false, advice: "can encode variables only. Define one with the value and write {{name}} here." };
    }
    value += `${encoded(content.slice(from, range.start))}{{%${reference.text}}}`;
    from = range.end;
  }
  return { ok: true, value: value + encoded(content.slice(from)) };
}

/** Everything but the unreserved characters of RFC 3986 section 2.3. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The pieces one after another with `separator` between them. */
export function joinPieces(pieces: readonly DataPiece[], separator: string, whole: (range: Span["range"]) => Span) {
  const parts: BodyPart[] = [];
  let pending: Span | undefined;
  const addText = (text: string, range: Span["range"]) => {
    pending = pending
      ? { text: pending.text + text, range: { start: pending.range.start, end: range.end } }
      : { text, range };
  };
  for (const [index, piece] of pieces.entries()) {
    const range = piece.kind === "text" ? piece.text.range : piece.range;
    if (index > 0 && separator !== "") addText(separator, { start: range.start, end: range.start });
    if (piece.kind === "text") {
      addText(piece.text.text, range);
      continue;
    }
    if (pending) parts.push({ kind: "text", content: pending });
    pending = undefined;
    parts.push({ kind: "file", range: piece.range, ...piece.file });
  }
  if (pending) parts.push({ kind: "text", content: pending });
  return bodyOf(parts, whole);
}

/** The plainest body that holds the parts. `whole` gives the source text of a range. */
export function bodyOf(parts: readonly BodyPart[], whole: (range: Span["range"]) => Span): BodyNode {
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return { kind: "none" };
  if (parts.length === 1) {
    if (first.kind === "file") return first;
    return { kind: "inline", range: first.content.range, content: first.content };
  }
  const content = whole({ start: rangeOf(first).start, end: rangeOf(last).end });
  return { kind: "mixed", range: content.range, content, parts };
}

function rangeOf(part: BodyPart): Span["range"] {
  return part.kind === "text" ? part.content.range : part.range;
}
