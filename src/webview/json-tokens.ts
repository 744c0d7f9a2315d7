type TokenKind = "key" | "string" | "number" | "literal" | "punctuation" | "plain";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const grammar =
  /("(?:[^"\\]|\\.)*"?)(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b|([{}[\],:])|(\s+|[^\s"{}[\],:\d-]+|.)/gsu;

/**
 * Cuts one line of JSON into tokens that together are that line again. It colours, it does not check: what is not JSON
 * comes out as "plain". JSON strings hold no line end (RFC 8259, section 7), so a line stands for itself.
 */
export function jsonTokens(line: string): Token[] {
  const tokens: Token[] = [];
  for (const [whole, text, colon, number, literal, punctuation] of line.matchAll(grammar)) {
    if (text !== undefined) {
      tokens.push({ kind: colon === undefined ? "string" : "key", text });
      if (colon !== undefined) tokens.push({ kind: "punctuation", text: colon });
    } else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (literal !== undefined) tokens.push({ kind: "literal", text: literal });
    else if (punctuation !== undefined) tokens.push({ kind: "punctuation", text: punctuation });
    else tokens.push({ kind: "plain", text: whole });
  }
  return tokens;
}

/**
 * For each line that opens an object or array of its own lines, the line that closes it (0-based).
 * Made for text laid out with one bracket level a line, as ours is.
 */
export function jsonFolds(lines: readonly string[]): ReadonlyMap<number, number> {
  const folds = new Map<number, number>();
  const open: number[] = [];
  lines.forEach((line, index) => {
    if (/^\s*[}\]]/.test(line)) {
      const start = open.pop();
      if (start !== undefined && index > start + 1) folds.set(start, index);
    }
    if (/[{[]$/.test(line)) open.push(index);
  });
  return folds;
}
