import { type Disposable, languages } from "vscode";
import { anyRequestFile } from "../documents.ts";
import { editorWorkspaceEdit } from "./edits.ts";
import type { LanguageParts } from "./parts.ts";
import { editorRange } from "./places.ts";

/** VS Code shows the message of an error beside the cursor. */
export function registerRename({ service, documents }: LanguageParts): Disposable {
  return languages.registerRenameProvider(anyRequestFile, {
    prepareRename: (document, position) => {
      const name = service.prepareRename(documents.language(document), position);
      if (!name) throw new Error("Place the cursor in the name of a variable or of a request of this file.");
      return { range: editorRange(name.range), placeholder: name.placeholder };
    },
    provideRenameEdits: (document, position, newName) => {
      const edit = service.rename(documents.language(document), position, newName);
      if (!edit) throw new Error(`“${newName}” cannot be a name here: use letters, digits, “-”, “_” and “.” only.`);
      return editorWorkspaceEdit(edit);
    },
  });
}
