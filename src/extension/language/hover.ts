import { type Disposable, Hover, languages } from "vscode";
import { anyRequestFile } from "../documents.ts";
import { editorMarkdown } from "./markdown.ts";
import type { LanguageParts } from "./parts.ts";
import { editorRange } from "./places.ts";

export function registerHover({ service, documents }: LanguageParts): Disposable {
  return languages.registerHoverProvider(anyRequestFile, {
    provideHover: async (document, position) => {
      const hover = await service.hover(documents.language(document), position);
      return hover && new Hover(editorMarkdown(hover.contents), hover.range && editorRange(hover.range));
    },
  });
}
