import type { TextRange } from "../../../common/range.ts";
import { jsonElements } from "./json-elements.ts";
import { xmlElements } from "./xml-elements.ts";

/** A part of a body. */
export interface BodyElement extends TextRange {
  /** An object, a list or an XML element: what an editor folds. The others are members, values and contents. */
  readonly isContainer: boolean;
}

/** The parts of a body by its first character; undefined for one that is neither JSON (or GraphQL) nor XML. */
export function bodyElements(text: string): readonly BodyElement[] | undefined {
  const [first = ""] = /\S.?/.exec(text) ?? [];
  if (first.startsWith("[") || (first.startsWith("{") && first !== "{{")) return jsonElements(text);
  return /^<[\p{L}_!?]/u.test(first) ? xmlElements(text) : undefined;
}
