import type { Range } from "vscode-languageserver-types";
import type { TextRange } from "../common/range.ts";
import type { LanguageDocument } from "./document.ts";

/** Offsets as positions of the protocol. */
export function toRange({ lines }: LanguageDocument, { start, end }: TextRange): Range {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}
