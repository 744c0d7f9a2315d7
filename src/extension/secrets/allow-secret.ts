import { ConfigurationTarget, window, workspace } from "vscode";
import { activeRequestEditor } from "../documents.ts";
import { settings } from "../manifest.ts";
import { escapeControls } from "../text.ts";
import { isAllowRequest, withAllowedHost } from "./allowed-hosts.ts";

/**
 * Lets a secret go to one more host, in the settings of the active request file's workspace folder. Asks first, in a
 * dialog that no stray key answers with yes.
 */
export async function allowSecret(request: unknown): Promise<void> {
  if (!isAllowRequest(request)) throw new TypeError("padlock.allowSecret: the argument must be { name, host }");
  const uri = activeRequestEditor()?.document.uri;
  const folder = uri && workspace.getWorkspaceFolder(uri);
  if (!folder) return tell("Open the folder of this request file: the rule is kept in its settings.");
  if (!workspace.isTrusted) return tell("Padlock changes no rule in Restricted Mode. Trust the folder first.");
  const name = escapeControls(request.name);
  const host = escapeControls(request.host);
  const allow = "Allow";
  const answer = await window.showWarningMessage(
    `Send the secret ${name} to ${host}?`,
    {
      modal: true,
      detail: `This adds ${host} to padlock.secrets in .vscode/settings.json of “${folder.name}”. From then on every request file of this folder may send ${name} there.`,
    },
    allow,
  );
  if (answer !== allow) return;
  const configuration = workspace.getConfiguration(undefined, folder);
  const own = configuration.inspect<unknown>(settings.secrets)?.workspaceFolderValue;
  const value = withAllowedHost(own, configuration.get<unknown>(settings.secrets), request);
  await configuration.update(settings.secrets, value, ConfigurationTarget.WorkspaceFolder);
}

function tell(message: string): void {
  void window.showInformationMessage(message);
}
