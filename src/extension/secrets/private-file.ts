import { lstat, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Uri, workspace } from "vscode";
import { gitStatus } from "../../settings/git-ignored.ts";
import type { EnvironmentChoice } from "../environments/environment-choice.ts";
import type { EnvironmentFiles } from "../environments/environment-files.ts";
import { workspaceRoot } from "../workspace-settings.ts";

/** Where a variable of a request file can be kept without being shared. */
export interface PrivateFile {
  /** Absolute; there may be no file yet. */
  readonly path: string;
  /** As the workspace shows it. */
  readonly shown: string;
  /** The active one, or `$shared`. */
  readonly environment: string;
}

const newName = "http-client.private.env.json";

/** The nearest private environment file, or the place for one beside the public one; undefined where Git would share it. */
export async function privateFileFor(
  uri: Uri,
  files: EnvironmentFiles,
  choice: EnvironmentChoice,
): Promise<PrivateFile | undefined> {
  const snapshot = await files.load(uri);
  if (!snapshot) return undefined;
  const own = snapshot.files.find(({ kind, unreadable }) => kind === "private" && unreadable === undefined);
  const shared = snapshot.files.find(({ kind }) => kind === "public");
  const path = own?.path ?? join(shared ? dirname(shared.path) : workspaceRoot(uri), newName);
  if ((await gitStatus(path)) !== "ignored") return undefined;
  return { path, shown: workspace.asRelativePath(path, false), environment: choice.nameFor(uri) || "$shared" };
}

/**
 * Writes the file anew with what `change` makes of its text; a new one is for its owner only. False where `change` gives
 * nothing, or an editor holds changes of it that are not saved. @throws what reading and writing do
 */
export async function changePrivateFile(path: string, change: (text: string) => string | undefined): Promise<boolean> {
  if (workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.fsPath === path)) return false;
  const found = await lstat(path).catch(() => undefined);
  // A link may lead to a file that Git does not ignore.
  if (found && !found.isFile()) return false;
  const text = change(found ? await readFile(path, "utf8") : "");
  if (text === undefined) return false;
  await writeFile(path, text, { mode: 0o600, flag: found ? "w" : "wx" });
  return true;
}
