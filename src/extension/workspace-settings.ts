import { homedir } from "node:os";
import { dirname } from "node:path";
import { FileSystemError, Uri, type WorkspaceFolder, workspace } from "vscode";
import type { RawSettings } from "../engine/contract.ts";
import { readEditorProxy } from "./editor-proxy.ts";
import { editorSettings, machineSettings, personSettings } from "./manifest.ts";

/** The folder that relative paths start from: the document's workspace folder, else its own, else the person's. */
export function workspaceRoot(uri: Uri): string {
  const folder = folderOf(uri);
  if (folder) return folder.uri.fsPath;
  return uri.scheme === "file" ? dirname(uri.fsPath) : homedir();
}

/** The workspace folder of a document, on a disk; of one that was never saved, the first one. */
export function folderOf(uri: Uri): WorkspaceFolder | undefined {
  const folder =
    workspace.getWorkspaceFolder(uri) ?? (uri.scheme === "untitled" ? workspace.workspaceFolders?.[0] : undefined);
  // The path of a folder that is elsewhere may lead to another one on this disk, or on a network.
  return folder?.uri.scheme === "file" ? folder : undefined;
}

/**
 * All of `padlock.*` that somebody has set, also keys that nobody knows, so that the engine refuses a misspelt one here
 * as in the command line. Only the editor's own settings are left out.
 */
export async function readWorkspaceSettings(uri: Uri): Promise<RawSettings> {
  const root = workspaceRoot(uri);
  const editorProxy = readEditorProxy((key) => workspace.getConfiguration().inspect<unknown>(key)?.globalValue);
  return {
    root,
    values: settingValues(uri),
    person: personValues(),
    ...(editorProxy && { editorProxy }),
    ...(await settingsFile(root)),
  };
}

function settingValues(uri: Uri): Record<string, unknown> {
  const all = workspace.getConfiguration(undefined, uri);
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(all.get<object>("padlock") ?? {})) {
    const key = `padlock.${name}`;
    if (machineSettings.includes(key)) continue;
    if (editorSettings.some((own) => own === key || own.startsWith(`${key}.`))) continue;
    const found = all.inspect<unknown>(key);
    const isSet = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue].some(
      (value) => value !== undefined,
    );
    if (isSet) values[key] = plainCopy(all.get<unknown>(key));
  }
  return values;
}

/**
 * The person's own settings alone. What VS Code finds of these keys in a workspace it leaves out of `globalValue`; the
 * engine sees it in the settings file's text and says that it is ignored.
 */
function personValues(): Record<string, unknown> {
  const all = workspace.getConfiguration();
  const values = personSettings.map((key) => [key, all.inspect<unknown>(key)?.globalValue] as const);
  return Object.fromEntries(
    values.filter(([, value]) => value !== undefined).map(([key, value]) => [key, plainCopy(value)]),
  );
}

/** VS Code hands out read-only proxies; the engine gets plain data, as from a file. */
function plainCopy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

type SettingsFile = Pick<RawSettings, "file" | "text" | "unreadable">;

/** The file where a person would change a setting: the folder's own, or the workspace file where only that has one. */
async function settingsFile(root: string): Promise<SettingsFile> {
  const own = Uri.joinPath(Uri.file(root), ".vscode", "settings.json");
  const shared = workspace.workspaceFile;
  const candidates = shared?.scheme === "file" ? [own, shared] : [own];
  const found = (await Promise.all(candidates.map(readSettingsFile))).filter((file) => file !== undefined);
  const holder = found.find(({ text }) => text?.includes('"padlock.')) ?? found[0];
  return holder ?? { file: own.fsPath, text: undefined };
}

/** Undefined where there is no such file. */
async function readSettingsFile(uri: Uri): Promise<SettingsFile | undefined> {
  try {
    return { file: uri.fsPath, text: new TextDecoder().decode(await workspace.fs.readFile(uri)) };
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") return undefined;
    return { file: uri.fsPath, text: undefined, unreadable: error instanceof Error ? error.message : String(error) };
  }
}
