import { lstatSync } from "node:fs";
import { dirname } from "node:path";
import { readAllowedFile } from "./allowed-file.ts";
import { isInside } from "./allowed-paths.ts";
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

/** A look that costs microseconds: most of the files that are asked for are not there. */
function mayBeThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

export type WorkspaceFile =
  | { readonly text: string }
  /** Why it is not read, as the end of a sentence. */
  | { readonly unreadable: string };

/**
 * A text file that belongs to the workspace; undefined when there is none. Not read are: a file that a symbolic link
 * puts outside of the folders, one of another user, one over 1 MB, what is no regular file, and what is not UTF-8.
 * Never rejects.
 */
export async function readWorkspaceFile(path: string, folders: readonly string[]): Promise<WorkspaceFile | undefined> {
  if (!mayBeThere(path)) return undefined;
  const file = await readAllowedFile(path, folders, 1);
  switch (file.kind) {
    case "outside":
      return { unreadable: "it is a link to a file outside the workspace" };
    case "unreadable":
      return file.isMissing ? undefined : { unreadable: file.reason };
    case "read":
      if (!isOurs(Number(file.stats.uid))) return { unreadable: "it belongs to another user of this machine" };
      try {
        return { text: new TextDecoder("utf-8", { fatal: true }).decode(file.bytes) };
      } catch {
        return { unreadable: "it is not UTF-8 text" };
      }
  }
}
