import type { Position, Range, WorkspaceEdit } from "vscode-languageserver-types";
import { parse } from "../../syntax/index.ts";
import type { LanguageDocument } from "../document.ts";
import { toRange } from "../lsp-range.ts";
import { applyChanges, type TextChange, toTextEdits } from "../text-changes.ts";
import { type NameIndex, nameIndexOf } from "./name-index.ts";
import { collectNames, type NameSite } from "./names.ts";

/** The name under the cursor, if this file defines it: a variable, or a request that has a `@name`. */
export function prepareRename(
  document: LanguageDocument,
  position: Position,
): { range: Range; placeholder: string } | undefined {
  const site = nameIndexOf(document.file).at(document.lines.offsetAt(position));
  if (!site || placesOf(site, document).length === 0) return undefined;
  return { range: toRange(document, site.range), placeholder: site.name };
}

/**
 * Gives a name another text at all its places in this file: all definitions of a variable together, since they are one
 * name to a person. Undefined for a name that is taken, and for one that would not be read as a name at each place.
 */
export function rename(document: LanguageDocument, position: Position, newName: string): WorkspaceEdit | undefined {
  const index = nameIndexOf(document.file);
  const site = index.at(document.lines.offsetAt(position));
  const places = site ? placesOf(site, document) : [];
  if (!site || places.length === 0) return undefined;
  if (newName !== site.name) {
    if (index.named({ kind: site.kind, name: newName }).length > 0) return undefined;
    if (!isReadEverywhere(newName, places, index, document.text)) return undefined;
  }
  return { changes: { [document.uri]: toTextEdits(document, changesAt(places, newName)) } };
}

/** Titles are prose, and stay. Empty where no definition of this file can be renamed. */
function placesOf(site: NameSite, { file }: LanguageDocument): readonly NameSite[] {
  const named = nameIndexOf(file).named(site);
  const first = named.find(({ role }) => role !== "use");
  return !first || first.role === "title" ? [] : named.filter(({ role }) => role !== "title");
}

function changesAt(places: readonly NameSite[], newName: string): TextChange[] {
  return places.map(({ range }) => ({ ...range, text: newName }));
}

/** Reads the text as it would be and compares: the same names in the same roles, but for the new one. */
function isReadEverywhere(newName: string, places: readonly NameSite[], index: NameIndex, text: string): boolean {
  const renamed = new Set(places);
  const expected = index.sites.map((site) => shapeOf(renamed.has(site) ? { ...site, name: newName } : site));
  const found = collectNames(parse(applyChanges(text, changesAt(places, newName)))).map(shapeOf);
  return expected.length === found.length && expected.every((shape, at) => shape === found[at]);
}

function shapeOf({ kind, role, name, block }: NameSite): string {
  return `${block} ${kind} ${role} ${name}`;
}
