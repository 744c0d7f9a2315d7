import { workspace } from "vscode";
import { activeRequestEditor } from "../documents.ts";
import { knownSecrets } from "../language/known-settings.ts";
import { settings } from "../manifest.ts";

/** The hosts that `padlock.secrets` allows for a name, in the folder of the active request file, else in the first one. */
export function allowedHosts(name: string): readonly string[] {
  const scope = activeRequestEditor()?.document.uri ?? workspace.workspaceFolders?.[0]?.uri;
  const value = workspace.getConfiguration(undefined, scope).get<unknown>(settings.secrets);
  return knownSecrets(value, () => true).find((secret) => secret.name === name)?.hosts ?? [];
}
