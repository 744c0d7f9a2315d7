import type { SemanticTokensLegend } from "vscode-languageserver-types";

export const tokenTypes = [
  "keyword",
  "property",
  "variable",
  "parameter",
  "function",
  "decorator",
  "string",
  "number",
  "comment",
] as const;

export const tokenModifiers = ["declaration", "readonly", "defaultLibrary", "deprecated"] as const;

export type TokenType = (typeof tokenTypes)[number];
export type TokenModifier = (typeof tokenModifiers)[number];

/** The names behind the numbers of `semanticTokens`; all of them are standard ones of the protocol. */
export const semanticTokensLegend: SemanticTokensLegend = {
  tokenTypes: [...tokenTypes],
  tokenModifiers: [...tokenModifiers],
};
