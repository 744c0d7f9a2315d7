const quote = 0x22;
const backslash = 0x5c;

/**
 * The source text of the value at a path (member names and indices), without insignificant white space. Unlike the
 * parsed value it keeps every digit of a number. The text must be valid JSON (RFC 8259). Of members with the same name
 * the last one counts, as for `JSON.parse`.
 */
export function jsonSourceAt(json: string, path: readonly (string | number)[]): string {
  let at = skipBlanks(json, 0);
  for (const step of path) at = enter(json, at, step);
  return compactJson(json.slice(at, endOfValue(json, at)));
}

/** JSON without white space between its tokens; every token stays as it is written. */
export function compactJson(json: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let at = 0; at < json.length; ) {
    if (json.charCodeAt(at) === quote) at = endOfString(json, at);
    else if (isBlank(json.charCodeAt(at))) {
      kept.push(json.slice(from, at));
      at = skipBlanks(json, at);
      from = at;
    } else at++;
  }
  kept.push(json.slice(from));
  return kept.join("");
}

/** Where the member's value or the element starts. */
function enter(json: string, from: number, step: string | number): number {
  let found = -1;
  let at = skipBlanks(json, from + 1);
  for (let index = 0; json[at] !== "}" && json[at] !== "]"; index++) {
    if (at >= json.length) break;
    let name: string | number = index;
    if (typeof step === "string") {
      const end = endOfString(json, at);
      name = String(JSON.parse(json.slice(at, end)));
      at = skipBlanks(json, skipBlanks(json, end) + 1);
    }
    if (name === step) found = at;
    if (name === step && typeof step === "number") break;
    at = skipBlanks(json, endOfValue(json, at));
    if (json[at] === ",") at = skipBlanks(json, at + 1);
  }
  if (found < 0) throw new RangeError("the path leads nowhere");
  return found;
}

/** Behind the value that starts at `from`. */
function endOfValue(json: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < json.length) {
    const char = json.charCodeAt(at);
    if (char === quote) {
      at = endOfString(json, at);
      if (depth === 0) return at;
    } else if (isOpening(char)) {
      depth++;
      at++;
    } else if (isClosing(char)) {
      if (depth === 0) return at;
      depth--;
      at++;
      if (depth === 0) return at;
    } else if (depth === 0 && (isBlank(char) || json[at] === ",")) return at;
    else at++;
  }
  return at;
}

/** Behind the closing quote. */
function endOfString(json: string, open: number): number {
  for (let at = open + 1; at < json.length; at++) {
    const char = json.charCodeAt(at);
    if (char === backslash) at++;
    else if (char === quote) return at + 1;
  }
  return json.length;
}

function skipBlanks(json: string, from: number): number {
  let at = from;
  while (isBlank(json.charCodeAt(at))) at++;
  return at;
}

function isBlank(char: number): boolean {
  return char === 0x20 || char === 0x0a || char === 0x0d || char === 0x09;
}

/** `{` or `[`. */
function isOpening(char: number): boolean {
  return char === 0x7b || char === 0x5b;
}

/** `}` or `]`. */
function isClosing(char: number): boolean {
  return char === 0x7d || char === 0x5d;
}
