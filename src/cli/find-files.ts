import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Diagnostic } from "./diagnostic.ts";
import { unreadable } from "./unreadable.ts";

export interface FoundFiles {
  /** As given on the command line; files of a folder start with the folder as given. Each file once. */
  readonly files: readonly string[];
  readonly problems: readonly Diagnostic[];
}

const requestFile = /\.(?:https?|rest)$/i;

export function isRequestFile(path: string): boolean {
  return requestFile.test(path);
}

/** The request files that the paths name, in the order of the paths; those of a folder sorted by name. Never rejects. */
export async function findRequestFiles(paths: readonly string[], cwd: string): Promise<FoundFiles> {
  const files = new Map<string, string>();
  const problems: Diagnostic[] = [];
  for (const given of paths) {
    const found = await filesOf(given, cwd);
    problems.push(...found.problems);
    for (const file of found.files) if (!files.has(resolve(cwd, file))) files.set(resolve(cwd, file), file);
  }
  return { files: [...files.values()], problems };
}

async function filesOf(given: string, cwd: string): Promise<FoundFiles> {
  try {
    const entry = await stat(resolve(cwd, given));
    if (!entry.isDirectory()) return { files: [given], problems: [] };
  } catch (error) {
    return { files: [], problems: [unreadable(given, error)] };
  }
  const files: string[] = [];
  const problems: Diagnostic[] = [];
  await walk(given, cwd, files, problems);
  return { files, problems: files.length + problems.length > 0 ? problems : [noRequestFiles(given)] };
}

/** Symbolic links to files are followed, those to folders are not: they could lead in a circle or out of the project. */
async function walk(folder: string, cwd: string, files: string[], problems: Diagnostic[]): Promise<void> {
  const entries = await readdir(resolve(cwd, folder), { withFileTypes: true }).catch((error: unknown) => {
    problems.push(unreadable(folder, error));
    return [];
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules" && !entry.name.startsWith(".")) await walk(path, cwd, files, problems);
    } else if (requestFile.test(entry.name) && (entry.isFile() || (await leadsToFile(resolve(cwd, path))))) {
      files.push(path);
    }
  }
}

/** A link that leads nowhere is taken too, so that reading it says so. */
async function leadsToFile(path: string): Promise<boolean> {
  return stat(path).then(
    (target) => target.isFile(),
    () => true,
  );
}

function noRequestFiles(given: string): Diagnostic {
  return {
    title: `There is no request file in ${given === "." ? "this folder" : given}`,
    path: given,
    detail: "The folder and the folders in it hold no file whose name ends with .https, .http or .rest.",
    fix: "Name another folder, or the file itself.",
  };
}
