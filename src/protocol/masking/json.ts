import { isMaskedName } from "./credential-name.ts";
import { type Masking, maskText } from "./mask.ts";

/** A reference, the start of a string, a bracket, a colon or comma, or a number; everything else is left alone. */
const tokenStarts = /\{\{[^{}]{1,500}\}\}|["[\]{}:,]|-?\d[\w.+-]*/g;

function* tokensOf(text: string): Generator<{ readonly token: string; readonly index: number }> {
  const starts = new RegExp(tokenStarts);
  for (let found = starts.exec(text); found; found = starts.exec(text)) {
    const { 0: start, index } = found;
    if (start === '"') starts.lastIndex = endOfString(text, index);
    yield { token: start === '"' ? text.slice(index, starts.lastIndex) : start, index };
  }
}

/** Behind the closing quote; the end of the text where there is none. A regular expression overflows on a long string. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/**
 * Masks the strings and numbers that are members of a credential's name, or stand inside of such a member. The text is
 * not parsed: it may hold references where values stood, and keeps its layout.
 */
export function maskJson(text: string, masking: Masking): string {
  let shown = "";
  let from = 0;
  let lastString = "";
  // A body has few names, each of them many times.
  const known = new Map<string, boolean>();
  const isMasked = (name: string) => {
    const answer = known.get(name) ?? isMaskedName(stringOf(name));
    known.set(name, answer);
    return answer;
  };
  /** Brackets that are open inside of the member that is masked; undefined outside of one. */
  let depth: number | undefined;
  for (const { token, index } of tokensOf(text)) {
    const first = token[0] ?? "";
    if (first === ":") {
      if (depth === undefined && isMasked(lastString)) depth = 0;
    } else if (depth === undefined) {
      if (first === '"') lastString = token;
    } else if (token.startsWith("{{")) {
      shown += text.slice(from, index) + maskText(token, masking);
      from = index + token.length;
    } else if (first === "{" || first === "[") {
      depth++;
    } else if (first === "}" || first === "]") {
      depth = depth <= 1 ? undefined : depth - 1;
    } else if (first === ",") {
      if (depth === 0) depth = undefined;
    } else if (!isMemberName(text, index + token.length)) {
      shown += text.slice(from, index) + maskScalar(token, masking);
      from = index + token.length;
      if (depth === 0) depth = undefined;
    }
  }
  return shown + text.slice(from);
}

function isMemberName(text: string, end: number): boolean {
  let at = end;
  while (/[ \t\r\n]/.test(text[at] ?? "")) at++;
  return text[at] === ":";
}

function maskScalar(token: string, masking: Masking): string {
  if (token === '""') return token;
  return `"${maskText(token.startsWith('"') ? token.slice(1, -1) : token, masking)}"`;
}

/** The text of a JSON string, its escapes read; as written where it is none. */
function stringOf(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token.slice(1, -1);
  }
}
