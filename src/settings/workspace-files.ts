import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, sep } from "node:path";
import { isOurs } from "./load.ts";

/** The folder of the request file and those above it, up to the workspace folder; the nearest first. */
export function foldersUpTo(requestFile: string, root: string): readonly string[] {
  const start = dirname(requestFile);
  if (!isInside(root, start)) return [start];
  const folders = [start];
  for (let folder = start; folder !== root && dirname(folder) !== folder; ) {
    folder = dirname(folder);
    folders.push(folder);
  }
  return folders;
}

/** Is the path the folder itself or below it? Both absolute; symbolic links are not followed. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way.split(sep)[0] !== "..";
}

export type WorkspaceFile =
  | { readonly text: string }
  /** Why it is not read, as the end of a sentence. */
  | { readonly unreadable: string };

const largest = 1024 * 1024;

/**
 * A text file that belongs to the workspace; undefined when there is none. Not read are: a file that a symbolic link
 * puts outside of the workspace folder, one of another user, one over 1 MB, what is no regular file, and what is not
 * UTF-8. Never rejects.
 */
export async function readWorkspaceFile(path: string, root: string): Promise<WorkspaceFile | undefined> {
  try {
    const file = await realpath(path);
    if (!isInside(await realpath(root), file)) return { unreadable: "it is a link to a file outside the workspace" };
    const entry = await stat(file);
    if (!entry.isFile()) return { unreadable: "it is not a regular file" };
    if (entry.size > largest) return { unreadable: "it is larger than 1 MB" };
    if (!(await isOurs(file))) return { unreadable: "it belongs to another user of this machine" };
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file)) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (error instanceof TypeError) return { unreadable: "it is not UTF-8 text" };
    return { unreadable: code === "EACCES" || code === "EPERM" ? "you may not read it" : message };
  }
}
