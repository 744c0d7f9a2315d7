import { window, workspace } from "vscode";
import { activeRequestEditor } from "../documents.ts";
import { folderOf } from "../workspace-settings.ts";
import { isAllowRequest } from "./allow-request.ts";
import { askConsent } from "./consent.ts";

/** Lets a secret go to one more host, after the same question that Send asks: any extension can call the command. */
export async function allowSecret(request: unknown): Promise<void> {
  if (!isAllowRequest(request)) throw new TypeError("padlock.allowSecret: the argument must be { name, host }");
  if (!workspace.isTrusted) return tell("Padlock changes no rule in Restricted Mode. Trust the folder first.");
  const editor = activeRequestEditor();
  if (!editor || !folderOf(editor.document.uri))
    return tell("Open the folder of this request file: the rule is kept in its settings.");
  const { document, selection } = editor;
  const place = { file: workspace.asRelativePath(document.uri, false), line: selection.active.line + 1 };
  await askConsent({ kind: "secret", ...request, mayBePublic: false, ...place }, document.uri);
}

function tell(message: string): void {
  void window.showInformationMessage(message);
}
