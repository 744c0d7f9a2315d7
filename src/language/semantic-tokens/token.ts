import type { TextRange } from "../../common/range.ts";
import type { TokenModifier, TokenType } from "./legend.ts";

/** On one line of the file. */
export interface Token {
  readonly range: TextRange;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

export function token(range: TextRange, type: TokenType, ...modifiers: TokenModifier[]): Token {
  return { range, type, modifiers };
}
