import type { Location, Range } from "vscode-languageserver-types";
import { LanguageDocument } from "../../../src/language/document.ts";
import { type Marked, marked } from "./marked.ts";
import { testUri } from "./memory-host.ts";

export interface MarkedDocument extends Marked {
  readonly document: LanguageDocument;
}

export function open(source: string): MarkedDocument {
  const found = marked(source);
  return { ...found, document: new LanguageDocument(testUri, 1, found.text) };
}

/** The position of the first cursor mark, or of one of the others. */
export function cursor({ document, cursors }: MarkedDocument, index = 0) {
  return document.lines.positionAt(cursors[index] ?? 0);
}

export function textAt({ text, lines }: LanguageDocument, { start, end }: Range): string {
  return text.slice(lines.offsetAt(start), lines.offsetAt(end));
}

/** The range marks as places in the document. */
export function markedLocations({ document, marks }: MarkedDocument): Location[] {
  return marks.map(({ start, end }) => ({
    uri: document.uri,
    range: { start: document.lines.positionAt(start), end: document.lines.positionAt(end) },
  }));
}
