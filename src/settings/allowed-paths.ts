import { realpathSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import path from "node:path";

/** Is the path the folder itself or below it? Both absolute; symbolic links are not followed. */
export function isInside(folder: string, file: string, platform: path.PlatformPath = path): boolean {
  const way = platform.relative(folder, file);
  return !platform.isAbsolute(way) && way.split(platform.sep)[0] !== "..";
}

export interface AllowedPath {
  readonly kind: "allowed";
  /** Without symbolic links, as far as it is there. */
  readonly path: string;
}

export interface OutsidePath {
  readonly kind: "outside";
  /** Without symbolic links, as far as it is there. */
  readonly path: string;
  /** What `padlock.outsidePaths` would have to list; undefined where that would not make it readable. */
  readonly folder: string | undefined;
}

export interface UnreadablePath {
  readonly kind: "unreadable";
  /** As the end of a sentence: "there is no such file". */
  readonly reason: string;
  /** Nothing stands there. */
  readonly isMissing: boolean;
}

/**
 * The one place that decides whether a file may be used: it lies in one of the folders, after the symbolic links of both
 * are followed. A file that is not there is judged by where it would be. Without `folders` every place is allowed: a
 * person's own choice. All paths absolute. Never rejects.
 */
export async function checkPath(
  file: string,
  folders: readonly string[] | undefined,
): Promise<AllowedPath | OutsidePath | UnreadablePath> {
  try {
    const real = await realPathOf(file);
    if (folders === undefined) return { kind: "allowed", path: real };
    const realFolders = await Promise.all(folders.map(realPathOf));
    if (realFolders.some((folder) => isInside(folder, real))) return { kind: "allowed", path: real };
    return { kind: "outside", path: real, folder: await listableFolder(real) };
  } catch (error) {
    return unreadable(error);
  }
}

/**
 * Says of most files in a few microseconds that `checkPath` allows them; of all others it has to be asked. The thread
 * pool that `checkPath` goes through takes a hundred times as long.
 */
export function isPlainlyAllowed(file: string, folders: readonly string[] | undefined): boolean {
  try {
    if (hasStream(file)) return false;
    const real = realpathSync.native(file);
    return folders === undefined || folders.some((folder) => isInside(realpathSync.native(folder), real));
  } catch {
    return false;
  }
}

/** @throws what `realpath` does, but for a file that is not there */
async function realPathOf(file: string): Promise<string> {
  if (hasStream(file)) throw Object.assign(new Error("a stream"), { code: "EINVAL" });
  try {
    return await realpath(file);
  } catch (error) {
    const parent = path.dirname(file);
    if (!isMissing(error) || parent === file) throw error;
    return path.join(await realPathOf(parent), path.basename(file));
  }
}

/** On Windows `name:stream` and `name::$DATA` are other names of a file, which no rule about names would know. */
export function hasStream(file: string, platform: path.PlatformPath = path): boolean {
  return platform.sep === "\\" && file.slice(platform.parse(file).root.length).includes(":");
}

/** The whole disk is never listed, and what is no regular file is never read. */
async function listableFolder(real: string): Promise<string | undefined> {
  const folder = path.dirname(real);
  const isFile = await stat(real).then(
    (entry) => entry.isFile(),
    () => false,
  );
  return isFile && !isOfKernel(real) && folder !== path.parse(folder).root ? folder : undefined;
}

/** What looks like a file there is made by the kernel: the environment of this process, its memory, its terminal. */
export function isOfKernel(real: string): boolean {
  return path.sep === "/" && /^\/(?:proc|sys|dev(?!\/shm\/))\//.test(real);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a part of its path is not a folder",
  EACCES: "you may not read it",
  EPERM: "you may not read it",
  ELOOP: "its symbolic links lead in a circle",
  EINVAL: "this is not the path of a file",
  ERR_INVALID_ARG_VALUE: "this is not the path of a file",
  ENAMETOOLONG: "its path is too long",
};

export function unreadable(error: unknown): UnreadablePath {
  const code = codeOf(error);
  return { kind: "unreadable", reason: reasons[code] ?? `the system says ${code}`, isMissing: isMissing(error) };
}

function isMissing(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}
