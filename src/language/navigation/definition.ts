import type { Location, Position } from "vscode-languageserver-types";
import { LanguageDocument } from "../document.ts";
import type { LanguageHost } from "../host.ts";
import { knownFiles } from "../known-names.ts";
import { filePaths } from "./file-paths.ts";
import { nameIndexOf } from "./name-index.ts";
import type { NameSite } from "./names.ts";
import { holds, locationIn, locationOf } from "./places.ts";

/** Where the name under the cursor is defined, or the file that a path under the cursor names. */
export async function definition(
  document: LanguageDocument,
  position: Position,
  host: LanguageHost,
): Promise<Location[]> {
  const offset = document.lines.offsetAt(position);
  const site = nameIndexOf(document.file).at(offset);
  const named = site ? await definitionsOf(site, document, host) : [];
  if (named.length > 0) return named;
  const file = filePaths(document.file).find(({ path }) => holds(path.range, offset));
  return file ? [locationOf(host.resolveUri(document.uri, file.path.text))] : [];
}

/** In this file, else in the active environment, else in the first imported file that has it. */
export async function definitionsOf(
  site: NameSite,
  document: LanguageDocument,
  host: LanguageHost,
): Promise<Location[]> {
  const own = nameIndexOf(document.file).definitionOf(site);
  if (own) return [locationIn(document, own.range)];
  return [...inImports(site, await knownFiles(document, host)), ...inEnvironment(site, document, host)].slice(0, 1);
}

function inEnvironment({ kind, name }: NameSite, { uri }: LanguageDocument, host: LanguageHost): Location[] {
  if (kind !== "variable") return [];
  const active = host.environment(uri);
  const inForce = active.variables.filter(
    (variable) =>
      variable.name === name && (variable.environment === active.name || variable.environment === "$shared"),
  );
  const variable = inForce.find(({ environment }) => environment === active.name) ?? inForce[0];
  if (!variable) return [];
  const { line, column, endColumn = column } = variable.location;
  const at = (place: number) => ({ line: Math.max(0, line - 1), character: Math.max(0, place - 1) });
  return [{ uri: variable.uri, range: { start: at(column), end: at(endColumn) } }];
}

function inImports(site: NameSite, files: Awaited<ReturnType<typeof knownFiles>>): Location[] {
  return files.flatMap(({ uri, file }) => {
    const found = nameIndexOf(file).definitionOf({ ...site, role: "use", block: -1, from: file.text.length });
    return found ? [locationIn(new LanguageDocument(uri, 0, file.text), found.range)] : [];
  });
}
