import { type Disposable, languages } from "vscode";
import { anyRequestFile } from "../documents.ts";
import type { LanguageParts } from "./parts.ts";
import { editorSelection } from "./structure-items.ts";

/** "Expand Selection". */
export function registerSelectionRanges({ service, documents }: LanguageParts): Disposable {
  return languages.registerSelectionRangeProvider(anyRequestFile, {
    provideSelectionRanges: (document, positions) =>
      service.selectionRanges(documents.language(document), positions).map(editorSelection),
  });
}
