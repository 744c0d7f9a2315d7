import type { TextRange } from "../../../common/range.ts";

/** A credential that stands in a file as it is. */
export interface Credential {
  /** Exactly the value, or the argument of a cURL command that holds it. */
  readonly range: TextRange;
  /** What it is, with its article: "a bearer token", "a password". */
  readonly what: string;
  /** What the file calls it, for the name of the variable: `X-Api-Key`, `password`; "" where it has no name. */
  readonly name: string;
  /** Undefined where no reference can take its place. */
  readonly move: Move | undefined;
}

/** How a reference takes the place of a credential so that the request stays the same. */
export interface Move {
  /** What the edit replaces; it may be more than the credential. */
  readonly range: TextRange;
  /** What the reference must give. */
  readonly value: string;
  /** The new text. `expression` is what stands between braces: `$env.NAME` or `NAME`. */
  readonly write: (expression: string) => string;
}

/** The text of the file takes the credential's place as it is. */
export function plainMove(range: TextRange, value: string): Move {
  return { range, value, write: braced };
}

export function braced(expression: string): string {
  return `{{${expression}}}`;
}

export function shifted({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}
