import { CodeActionKind, type Disposable, languages, workspace } from "vscode";
import { anyRequestFile } from "../documents.ts";
import { editorCodeAction, isSameDiagnostic } from "./diagnostic-items.ts";
import type { PublishedDiagnostics } from "./diagnostics.ts";
import type { LanguageParts } from "./parts.ts";

const providedCodeActionKinds = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite];

/**
 * The service gets its own diagnostics back, with the data that an editor does not keep. Commands change settings or
 * store something: not in Restricted Mode.
 */
export function registerCodeActions(
  { service, documents }: LanguageParts,
  { of: diagnosticsOf }: Pick<PublishedDiagnostics, "of">,
): Disposable {
  return languages.registerCodeActionsProvider(
    anyRequestFile,
    {
      provideCodeActions: (document, range, { diagnostics: shown }) => {
        const own = diagnosticsOf(document).filter((one) => shown.some((other) => isSameDiagnostic(other, one)));
        return service
          .codeActions(documents.language(document), range, own)
          .filter(({ command }) => workspace.isTrusted || command === undefined)
          .map((action) => editorCodeAction(action, shown));
      },
    },
    { providedCodeActionKinds },
  );
}
