import { ConfigurationTarget, type WorkspaceConfiguration, type WorkspaceFolder, workspace } from "vscode";
import { settings } from "../manifest.ts";
import type { AllowRequest } from "./allow-request.ts";
import { type SharedValues, withAllowedHost, withOutsideFolder, withPublicName } from "./rules.ts";

/* Each rejects where VS Code cannot write the settings file, as when it holds an error. */

/** In the settings of the folder, for everybody who works in it. */
export async function writeAllowedHost(folder: WorkspaceFolder, request: AllowRequest): Promise<void> {
  const configuration = workspace.getConfiguration(undefined, folder);
  const value = withAllowedHost(sharedValues(configuration, settings.secrets), request);
  await configuration.update(settings.secrets, value, ConfigurationTarget.WorkspaceFolder);
}

/** In the settings of the folder, for everybody who works in it. */
export async function writePublicName(folder: WorkspaceFolder, name: string): Promise<void> {
  const configuration = workspace.getConfiguration(undefined, folder);
  const value = withPublicName(sharedValues(configuration, settings.publicEnv), name);
  await configuration.update(settings.publicEnv, value, ConfigurationTarget.WorkspaceFolder);
}

/** In the person's own settings: a workspace cannot say which files of this machine it may use. */
export async function writeOutsideFolder(folder: string): Promise<void> {
  const configuration = workspace.getConfiguration();
  const own = configuration.inspect<unknown>(settings.outsidePaths)?.globalValue;
  await configuration.update(settings.outsidePaths, withOutsideFolder(own, folder), ConfigurationTarget.Global);
}

function sharedValues(configuration: WorkspaceConfiguration, key: string): SharedValues {
  const found = configuration.inspect<unknown>(key);
  return { folder: found?.workspaceFolderValue, workspace: found?.workspaceValue };
}
