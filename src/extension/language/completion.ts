import { type Disposable, languages } from "vscode";
import { anyRequestFile } from "../documents.ts";
import { editorCompletions } from "./completion-items.ts";
import type { LanguageParts } from "./parts.ts";

/**
 * What opens the list while typing, besides letters: references (`{ $ %`), directives (`@ #`), header values (`:` and the
 * blank behind it), URLs and paths (`/ . ? &`).
 */
const triggers = ["{", "$", "%", "@", "#", ":", " ", "/", ".", "?", "&"];

export function registerCompletion({ service, documents }: LanguageParts): Disposable {
  return languages.registerCompletionItemProvider(
    anyRequestFile,
    {
      provideCompletionItems: async (document, position) =>
        editorCompletions(await service.completion(documents.language(document), position)),
    },
    ...triggers,
  );
}
