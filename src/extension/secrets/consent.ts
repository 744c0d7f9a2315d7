import { resolve } from "node:path";
import { Range, Uri, type WorkspaceFolder, window, workspace } from "vscode";
import type { ConsentAnswer, ConsentQuestion } from "../../engine/contract.ts";
import { showAt } from "../exchange-commands.ts";
import { folderOf } from "../workspace-settings.ts";
import { consentText } from "./consent-text.ts";
import { writeAllowedHost, writeOutsideFolder, writePublicName } from "./write-rule.ts";

/**
 * Asks the person in a dialog whether the settings may allow what a request needs, and writes the answer into them.
 * Never in Restricted Mode, and never without a folder, whose settings would hold the rule.
 * @param document The request file that is sent.
 */
export async function askConsent(
  question: ConsentQuestion,
  document: Uri | undefined,
  signal?: AbortSignal,
): Promise<ConsentAnswer> {
  if (!workspace.isTrusted || !document || signal?.aborted) return "refuse";
  const folder = folderOf(document);
  if (!folder) return withoutFolder();
  const { title, detail, buttons } = consentText(question, folder.name);
  const chosen = await window.showWarningMessage(title, { modal: true, detail }, ...buttons);
  if (!chosen || chosen.answer === "refuse" || signal?.aborted) return "refuse";
  if (chosen.answer !== "show") return write(question, chosen.answer, folder);
  await showLine(question, document);
  return "refuse";
}

async function write(
  question: ConsentQuestion,
  answer: "allow" | "public",
  folder: WorkspaceFolder,
): Promise<ConsentAnswer> {
  try {
    if (question.kind === "path") await writeOutsideFolder(question.folder);
    else if (answer === "allow") await writeAllowedHost(folder, question);
    else await writePublicName(folder, question.name);
    return answer;
  } catch {
    void window.showErrorMessage(
      "Padlock could not write the rule: VS Code refused to change the settings file. Nothing was sent. Mend the errors in the file, save it and send again.",
    );
    return "refuse";
  }
}

/** The document itself where the line is one of it, which may never have been saved. */
async function showLine({ file, line }: ConsentQuestion, document: Uri): Promise<void> {
  const isOwn = file === workspace.asRelativePath(document, false);
  const place = isOwn ? document : Uri.file(resolve(folderOf(document)?.uri.fsPath ?? "", file));
  const start = Math.max(line - 1, 0);
  await showAt(await workspace.openTextDocument(place), new Range(start, 0, start, 0));
}

function withoutFolder(): ConsentAnswer {
  void window.showInformationMessage(
    "Padlock keeps what you allow in a folder's settings. Open the folder that holds this request file, or add the rule to padlock.secrets in your user settings.",
  );
  return "refuse";
}
