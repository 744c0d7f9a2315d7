/** A deeper text is left as it is: its indentation alone would be the square of its length. */
const maxDepth = 200;

/**
 * Lays out a JSON text (RFC 8259) with two spaces. Tokens are kept as they are: a number's digits, an escape and the
 * order of names are what the server sent, which `JSON.parse` and back would change.
 * @returns undefined when the text is not JSON, or nested deeper than 200 levels.
 */
export function prettyJson(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const parts: string[] = [];
  let depth = 0;
  const newLine = () => `\n${"  ".repeat(depth)}`;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g)) {
    const previous = parts.at(-1);
    if (token === "}" || token === "]") {
      depth--;
      parts.push(previous === "{" || previous === "[" ? token : newLine() + token);
    } else {
      const opened = previous === "{" || previous === "[";
      if (opened) parts.push(newLine());
      if (token === "{" || token === "[") depth++;
      if (depth > maxDepth) return undefined;
      if (token === ",") parts.push(`,${newLine()}`);
      else parts.push(token === ":" ? ": " : token);
    }
  }
  return parts.join("");
}
