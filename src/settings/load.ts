import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { readAllowedFile } from "./allowed-file.ts";
import type { RawSettings } from "./raw-settings.ts";
import { SettingsDocument } from "./settings-document.ts";

/**
 * The settings for a request file, as the command line finds them: the nearest `.vscode/settings.json` from the
 * file's folder up to the repository's (the folder with `.git`), else the nearest `.code-workspace`, else none (then the root is the nearest folder with
 * `.git`, else the file's own). Never rejects: a file that cannot be read says so in `unreadable`.
 */
export async function loadRawSettings(requestFile: string): Promise<RawSettings> {
  const start = dirname(requestFile);
  const all = ancestors(start);
  const repository = await firstWith(all, ".git");
  // What lies above the repository is not the team's.
  const folders = repository === undefined ? all : all.slice(0, all.indexOf(repository) + 1);
  for (const root of folders) {
    const settings = await load(root, join(root, ".vscode", "settings.json"), repository);
    if (settings) return settings;
  }
  for (const root of folders) {
    const settings = await loadWorkspaceFile(root, repository);
    if (settings) return settings;
  }
  const root = repository ?? start;
  return { root, values: {}, file: join(root, ".vscode", "settings.json"), text: undefined };
}

/** In MB: more than any team writes. */
const largest = 16;

/**
 * Undefined when there is no such file. What is wrong in the file is shown with its line: a link may lead to another
 * settings file of the team, and to nothing else.
 */
async function load(root: string, file: string, repository = root): Promise<RawSettings | undefined> {
  const read = await readAllowedFile(file, [repository], largest);
  if (read.kind === "unreadable" && read.isMissing) return undefined;
  const refused = (unreadable: string) => ({ root, values: {}, file, text: undefined, unreadable });
  if (read.kind === "unreadable") return refused(read.reason);
  if (read.kind === "outside") return refused("it is a link to a file outside of the project");
  if (basename(read.path) !== basename(file)) return refused("it is a link to a file of another name");
  if (!isOurs(Number(read.stats.uid))) return refused("it belongs to another user of this machine");
  const text = read.bytes.toString("utf8").replace(/^\uFEFF/, "");
  try {
    return { root, file, text, values: new SettingsDocument({ root, file, text }).values() };
  } catch (error) {
    return refused(error instanceof Error ? error.message : "it cannot be parsed");
  }
}

/** Settings decide where secrets go: in a folder for everybody, such as /tmp, another user could put some there. */
export function isOurs(owner: number): boolean {
  const own = process.getuid?.();
  return own === undefined || [own, 0].includes(owner);
}

/** Of several workspace files in one folder only one may hold settings of ours: nothing else says which one counts. */
async function loadWorkspaceFile(root: string, repository: string | undefined): Promise<RawSettings | undefined> {
  const entries = await readdir(root).catch((): string[] => []);
  const found: RawSettings[] = [];
  for (const name of entries.filter((entry) => entry.endsWith(".code-workspace")).sort()) {
    const settings = await load(root, join(root, name), repository);
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
