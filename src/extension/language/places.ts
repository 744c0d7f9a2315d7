import { Location, Range, Uri } from "vscode";
import type * as lsp from "vscode-languageserver-types";

/*
 * From the Language Server Protocol's types to those of VS Code. The other way needs no code: VS Code's positions and
 * ranges have the protocol's properties, and both count lines from 0 and characters in UTF-16 code units.
 */

export function editorRange({ start, end }: lsp.Range): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

export function editorLocation({ uri, range }: lsp.Location): Location {
  return new Location(Uri.parse(uri), editorRange(range));
}
