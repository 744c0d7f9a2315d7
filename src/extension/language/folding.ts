import { type Disposable, languages } from "vscode";
import { anyRequestFile } from "../documents.ts";
import type { LanguageParts } from "./parts.ts";
import { editorFold } from "./structure-items.ts";

export function registerFolding({ service, documents }: LanguageParts): Disposable {
  return languages.registerFoldingRangeProvider(anyRequestFile, {
    provideFoldingRanges: (document) => service.foldingRanges(documents.language(document)).map(editorFold),
  });
}
