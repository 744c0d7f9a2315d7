import type { TextRange } from "../../common/range.ts";
import type { LanguageDocument } from "../document.ts";
import { httpVersions } from "../facts/http-versions.ts";
import { isCommentLine, mayBeTail, type Place, placeAt } from "../place.ts";
import { openReference, type ReferenceContext } from "./open-reference.ts";

/** What may be typed at a place. All ranges are the text to replace: the whole word under the cursor. */
export type CompletionContext =
  | ReferenceContext
  /** The start of a line on which a request can start. */
  | { readonly kind: "request-start"; readonly range: TextRange; readonly after: string }
  | { readonly kind: "method"; readonly range: TextRange; readonly after: string }
  /** Scheme and authority of the target. */
  | { readonly kind: "origin"; readonly range: TextRange }
  | { readonly kind: "http-version"; readonly range: TextRange }
  /** `ofPart`: above a part of a multipart body. */
  | { readonly kind: "header-name"; readonly range: TextRange; readonly after: string; readonly ofPart: boolean }
  /** `written` is the value up to the cursor. */
  | { readonly kind: "header-value"; readonly name: string; readonly written: string; readonly after: string }
  | { readonly kind: "directive-name"; readonly range: TextRange; readonly after: string }
  /** `written` is the value up to the cursor. */
  | { readonly kind: "directive-value"; readonly name: string; readonly written: string; readonly after: string }
  /** `written` is the path up to the cursor. */
  | { readonly kind: "path"; readonly only: "request-files" | "any"; readonly written: string; readonly after: string }
  /** Behind `run`: a request of this file, or the path of another one. */
  | { readonly kind: "run-target"; readonly only: "request-files"; readonly written: string; readonly after: string }
  /** Behind the `#` of `run`; `path` is the file that is meant, "" for this one. */
  | { readonly kind: "run-name"; readonly path: string; readonly range: TextRange }
  | { readonly kind: "none" };

const none: CompletionContext = { kind: "none" };

/** Where the cursor is, from the parsed file and, because that is half written, from the line's text. */
export function contextAt(document: LanguageDocument, offset: number): { place: Place; context: CompletionContext } {
  const place = placeAt(document, offset);
  return { place, context: read(place) };
}

function read(place: Place): CompletionContext {
  const { before, after, zone } = place;
  if (isInForeign(place) || /^###/.test(before)) return none;
  const whole = before + after;
  const isAnnotationPlace = zone === "above" || (zone === "body" && mayBeTail(place));
  if (isAnnotationPlace && isCommentLine(whole)) return commentContext(place);
  if (zone === "headers" && isCommentLine(whole)) return none;
  const reference = openReference(place);
  if (reference) return reference;
  if (isAnnotationPlace && /^[ \t]*@/.test(whole)) return none;
  switch (zone) {
    case "above":
      return aboveContext(place);
    case "request-line":
      return requestLineContext(place);
    case "headers":
      return headerContext(place);
    case "body":
      return bodyContext(place);
    case "curl":
      return none;
  }
}

/** In a script nothing is offered. A `{{` that opens one may be meant as a reference: its first line is left out. */
function isInForeign({ block, offset, document }: Place): boolean {
  const node = block?.foreign.find(({ range }) => range.start < offset && offset <= range.end);
  if (!node || node.kind === "assertion") return false;
  const firstLine = document.lines.positionAt(node.range.start).line;
  return node.kind !== "script-block" || document.lines.positionAt(offset).line > firstLine;
}

function commentContext(place: Place): CompletionContext {
  const { before, after, offset } = place;
  const [, name] = /^[ \t]*(?:#|\/\/)[ \t]*@([\w.-]*)$/.exec(before) ?? [];
  if (name !== undefined) {
    const rest = /^[\w.-]*/.exec(after)?.[0] ?? "";
    const range = { start: offset - name.length, end: offset + rest.length };
    return { kind: "directive-name", range, after: after.slice(rest.length) };
  }
  const [, directive, written] = /^[ \t]*(?:#|\/\/)[ \t]*@([\w.-]+)[ \t]+(.*)$/.exec(before) ?? [];
  if (directive === undefined || written === undefined) return none;
  // The operands of an assertion are the only values of directives in which references are replaced.
  const reference = directive === "assert" ? openReference(place) : undefined;
  if (reference) return reference;
  if (directive === "import") return { kind: "path", only: "request-files", written, after };
  return { kind: "directive-value", name: directive, written, after };
}

function aboveContext(place: Place): CompletionContext {
  const { before, after, offset } = place;
  const [, path] = /^[ \t]*import[ \t]+(.*)$/.exec(before) ?? [];
  if (path !== undefined) return { kind: "path", only: "request-files", written: path, after };
  const [, run] = /^[ \t]*run[ \t]+(.*)$/.exec(before) ?? [];
  if (run !== undefined) return runContext(run, after, offset);
  const [word] = /^[ \t]*[^\s{}#<>?]*$/.exec(before) ?? [];
  if (word === undefined) return none;
  const written = word.trimStart();
  const rest = wordAfter(after);
  const range = { start: offset - written.length, end: offset + rest.length };
  return { kind: "request-start", range, after: after.slice(rest.length) };
}

function runContext(run: string, after: string, offset: number): CompletionContext {
  const hash = run.lastIndexOf("#");
  if (hash < 0) return { kind: "run-target", only: "request-files", written: run, after };
  if (run.includes("(")) return none;
  const rest = /^[^(]*/.exec(after)?.[0].trimEnd() ?? "";
  const range = { start: offset - (run.length - hash - 1), end: offset + rest.length };
  return { kind: "run-name", path: run.slice(0, hash).trim(), range };
}

function requestLineContext(place: Place): CompletionContext {
  const { before, after, offset, block, lineStart } = place;
  const request = block?.request;
  if (!request) return none;
  const [word] = /^[ \t]*[\w-]*$/.exec(before) ?? [];
  const isFirstLine = request.lineRange.start >= lineStart;
  if (isFirstLine && word !== undefined) {
    const written = word.trimStart();
    const rest = wordAfter(after);
    const range = { start: offset - written.length, end: offset + rest.length };
    const kind = request.method ? "method" : "request-start";
    return { kind, range, after: after.slice(rest.length) };
  }
  const targetStart = request.method
    ? Math.min(offset, request.method.range.end + (/^[ \t]*/.exec(afterMethod(place))?.[0].length ?? 0))
    : request.lineRange.start;
  if (!isFirstLine || offset < targetStart) return none;
  const written = before.slice(targetStart - lineStart);
  // Behind a blank of the target; blanks inside of references do not count.
  const [, version] =
    /^\S.*[ \t]([A-Za-z/\d.]*)$/.exec(written.replace(/\{\{.*?\}\}/g, (text) => "x".repeat(text.length))) ?? [];
  if (version !== undefined && httpVersions.some(({ label }) => label.startsWith(version.toUpperCase()))) {
    return { kind: "http-version", range: { start: offset - version.length, end: offset + wordAfter(after).length } };
  }
  if (!/^(?:[a-z][a-z0-9+.-]*:?\/{0,2}|[a-z][a-z0-9+.-]*:\/\/[^/?#\s]*|[^/?#\s]*)$/i.test(written)) return none;
  const [rest = ""] = /^[^/?#\s{}]*/.exec(after) ?? [];
  return { kind: "origin", range: { start: targetStart, end: offset + rest.length } };
}

function afterMethod({ before, after, lineStart, block }: Place): string {
  return (before + after).slice((block?.request?.method?.range.end ?? lineStart) - lineStart);
}

function headerContext(place: Place, ofPart = false): CompletionContext {
  const { before, after, offset } = place;
  const [, name, written] = /^[ \t]*([^\s:{}]+)[ \t]*:[ \t]*(.*)$/.exec(before) ?? [];
  if (name !== undefined && written !== undefined) return { kind: "header-value", name, written, after };
  const [word] = /^[ \t]*[\w-]*$/.exec(before) ?? [];
  if (word === undefined) return none;
  const typed = word.trimStart();
  const rest = /^[\w-]*/.exec(after)?.[0] ?? "";
  return {
    kind: "header-name",
    ofPart,
    range: { start: offset - typed.length, end: offset + rest.length },
    after: after.slice(rest.length),
  };
}

/**
 * In a body only files, `< path`, `<@ path`, `<@latin1 path`, `>> path`, and the headers of parts. The text is left to the editor's
 * other providers.
 */
function bodyContext(place: Place): CompletionContext {
  const [, written] = /^(?:<(?:@[\w-]*)?|>>!?)[ \t]+(.*)$/.exec(place.before) ?? [];
  if (written !== undefined) return { kind: "path", only: "any", written, after: place.after };
  return isAbovePart(place) ? headerContext(place, true) : none;
}

/** Below the boundary of a multipart body, with nothing but header lines between (RFC 2046 section 5.1). */
function isAbovePart({ before, block, document: { lines }, line }: Place): boolean {
  const type = block?.request?.headers.find(({ name }) => name.text.toLowerCase() === "content-type");
  if (!type || !/^multipart\//i.test(type.value.text) || before.startsWith("--")) return false;
  let above = line - 1;
  while (/^[\w-]+:/.test(lines.lineText(above))) above--;
  return lines.lineText(above).startsWith("--");
}

function wordAfter(after: string): string {
  return /^[^\s{}]*/.exec(after)?.[0] ?? "";
}
