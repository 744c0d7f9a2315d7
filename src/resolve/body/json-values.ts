import { fill, type Template, type ValuePiece } from "../template.ts";

/**
 * A JSON text with its values put in. Inside a string literal a value is escaped (RFC 8259 §7), so that none can end the
 * string and add a member; elsewhere it stands as it is, because it is meant to be a number, an object or a list.
 */
export function fillJson(content: Template, read: (piece: ValuePiece) => string): string {
  let inString = false;
  return content
    .map((piece) => {
      if (piece.kind === "text") {
        inString = endsInString(piece.text, inString);
        return piece.text;
      }
      const value = fill([piece], read);
      return inString ? JSON.stringify(value).slice(1, -1) : value;
    })
    .join("");
}

/** A line break ends a string that was not closed: the slip of one line does not reach the others. */
function endsInString(text: string, startsInString: boolean): boolean {
  let inString = startsInString;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') inString = !inString;
    else if (inString && char === "\\") at++;
    else if (char === "\n" || char === "\r") inString = false;
  }
  return inString;
}
