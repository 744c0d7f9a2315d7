import type { Location, Position } from "vscode-languageserver-types";
import type { LanguageDocument } from "../document.ts";
import type { LanguageHost } from "../host.ts";
import { definitionsOf } from "./definition.ts";
import { nameIndexOf } from "./name-index.ts";
import { locationIn } from "./places.ts";

/**
 * The uses in this file that take the definition under the cursor, or the same definition as the use under the cursor:
 * where a name is defined several times, only these.
 */
export async function references(
  document: LanguageDocument,
  position: Position,
  includeDeclaration: boolean,
  host: LanguageHost,
): Promise<Location[]> {
  const index = nameIndexOf(document.file);
  const site = index.at(document.lines.offsetAt(position));
  if (!site) return [];
  const target = index.definitionOf(site);
  const uses = index
    .named(site)
    .filter((other) => other.role === "use" && index.definitionOf(other) === target)
    .map(({ range }) => locationIn(document, range));
  return includeDeclaration ? [...(await definitionsOf(site, document, host)), ...uses] : uses;
}
