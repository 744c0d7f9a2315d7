import { isComment, isDefinition } from "./annotations.ts";
import { isBlank } from "./characters.ts";
import { isKnownMethod, protocolOf } from "./methods.ts";
import { hasScheme, looksLikeTarget } from "./request-target.ts";
import type { Source } from "./source.ts";

/**
 * The first line that is surely meant as another request although no `###` stands above it: a known method in capitals
 * and in the first column, and a target. `isText` tells that the lines are text of any kind, in which that proves nothing.
 */
export function nextRequestStart(source: Source, from: number, to: number, isText: boolean): number | undefined {
  if (isText) return undefined;
  for (let line = from; line < to; line++) {
    const char = source.text.charCodeAt(source.start(line));
    // Capitals, and the "c" of "curl".
    if ((char < 65 || char > 90) && char !== 99) continue;
    if (startsRequest(source, line, line > from)) return line;
  }
  return undefined;
}

/** Media types whose bodies may well hold request lines: text, mails, and messages inside of multipart bodies. */
export function mayHoldRequestLines(contentType: string): boolean {
  return /^(?:text|message|multipart)\/|^application\/http\b/i.test(contentType);
}

function startsRequest(source: Source, line: number, hasLineAbove: boolean): boolean {
  const start = source.start(line);
  const end = source.end(line);
  let wordEnd = start;
  while (wordEnd < end && wordEnd - start < 24 && !isBlank(source.text.charCodeAt(wordEnd))) wordEnd++;
  if (wordEnd === end || !isBlank(source.text.charCodeAt(wordEnd))) return false;
  const word = source.text.slice(start, wordEnd);
  if (word === "curl") return isCurl(source.trimmed(wordEnd, end).text) && (!hasLineAbove || isBreak(source, line - 1));
  if (word !== word.toUpperCase() || !(isKnownMethod(word) || protocolOf(word))) return false;
  const target = source.trimmed(wordEnd, end).text;
  if (hasScheme(target)) return true;
  const isTarget = target.startsWith("{{") || target.startsWith("/") || isWholeHost(target, word);
  return isTarget && (!hasLineAbove || isBreak(source, line - 1));
}

/** `localhost:3000/x`, `example.com/path`, or a host that an HTTP version follows. A table of SQL has no path. */
function isWholeHost(target: string, method: string): boolean {
  const word = target.split(/[ \t]/, 1)[0] ?? "";
  if (!looksLikeTarget(word)) return false;
  return /[/:]/.test(word) || word.startsWith("localhost") || / HTTP\/\d/.test(target) || !isKnownMethod(method);
}

function isCurl(rest: string): boolean {
  return /^(?:-{1,2}[A-Za-z]|["']?(?:https?:\/\/|\{\{))/.test(rest.slice(0, 12));
}

/** A line that a request may end with: blank, a comment, a definition, the end of a script, a script's file. */
function isBreak(source: Source, line: number): boolean {
  if (source.isBlank(line) || isComment(source, line) || isDefinition(source, line)) return true;
  const { text } = source.line(line);
  return /^(?:%\}|--%\}|\}\}$|>|<>|\?\?)/.test(text.slice(0, 5)) || text.endsWith("%}");
}
