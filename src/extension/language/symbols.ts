import { type Disposable, languages } from "vscode";
import { anyRequestFile } from "../documents.ts";
import type { LanguageParts } from "./parts.ts";
import { editorSymbol } from "./structure-items.ts";

/** Outline, breadcrumbs and "Go to Symbol". */
export function registerSymbols({ service, documents }: LanguageParts): Disposable {
  return languages.registerDocumentSymbolProvider(anyRequestFile, {
    provideDocumentSymbols: (document) => service.documentSymbols(documents.language(document)).map(editorSymbol),
  });
}
