import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RawSettings } from "./raw-settings.ts";
import { SettingsDocument } from "./settings-document.ts";

/**
 * The settings for a request file, as the command line finds them: the nearest `.vscode/settings.json` from the
 * file's folder up to the repository's (the folder with `.git`), else the nearest `.code-workspace`, else none (then the root is the nearest folder with
 * `.git`, else the file's own). Never rejects: a file that cannot be read says so in `unreadable`.
 */
export async function loadRawSettings(requestFile: string): Promise<RawSettings> {
  const start = dirname(requestFile);
  const folders = await searched(start);
  for (const root of folders) {
    const settings = await load(root, join(root, ".vscode", "settings.json"));
    if (settings) return settings;
  }
  for (const root of folders) {
    const settings = await loadWorkspaceFile(root);
    if (settings) return settings;
  }
  const root = (await firstWith(folders, ".git")) ?? start;
  return { root, values: {}, file: join(root, ".vscode", "settings.json"), text: undefined };
}

/** Undefined when there is no such file. */
async function load(root: string, file: string): Promise<RawSettings | undefined> {
  try {
    const text = (await readFile(file, "utf8")).replace(/^\uFEFF/, "");
    if (!isOurs((await stat(file)).uid)) {
      return { root, values: {}, file, text: undefined, unreadable: "it belongs to another user of this machine" };
    }
    return { root, file, text, values: new SettingsDocument({ root, file, text }).values() };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    return { root, values: {}, file, text: undefined, unreadable: message };
  }
}

/** Settings decide where secrets go: in a folder for everybody, such as /tmp, another user could put some there. */
export function isOurs(owner: number): boolean {
  const own = process.getuid?.();
  return own === undefined || [own, 0].includes(owner);
}

/** Of several workspace files in one folder only one may hold settings of ours: nothing else says which one counts. */
async function loadWorkspaceFile(root: string): Promise<RawSettings | undefined> {
  const entries = await readdir(root).catch((): string[] => []);
  const found: RawSettings[] = [];
  for (const name of entries.filter((entry) => entry.endsWith(".code-workspace")).sort()) {
    const settings = await load(root, join(root, name));
    if (settings) found.push(settings);
  }
  const meant = found.filter(
    (settings) => settings.unreadable !== undefined || Object.keys(settings.values).length > 0,
  );
  const [first, second] = meant;
  if (first && second)
    return { ...first, unreadable: "another .code-workspace file beside it has Padlock settings too" };
  return first ?? found[0];
}

/** From the request file's folder up to the repository's: what lies above is not the team's. */
async function searched(start: string): Promise<readonly string[]> {
  const all = ancestors(start);
  const repository = await firstWith(all, ".git");
  return repository === undefined ? all : all.slice(0, all.indexOf(repository) + 1);
}

function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

async function firstWith(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found) return folder;
  }
  return undefined;
}
