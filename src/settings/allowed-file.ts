import { type BigIntStats, constants } from "node:fs";
import { type FileHandle, lstat, open, readlink, realpath } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { checkPath, isOfKernel, type OutsidePath, type UnreadablePath, unreadable } from "./allowed-paths.ts";

export interface AllowedFile {
  readonly kind: "read";
  /** Without symbolic links. */
  readonly path: string;
  readonly bytes: Buffer;
  /** Of the file that was read. */
  readonly stats: BigIntStats;
}

const megabyte = 1024 * 1024;
const mostAttempts = 4;
/** In milliseconds. */
const pause = 5;

/**
 * The bytes of a regular file of at most `megabytes` in one of the folders; see `checkPath`. What is read is what was
 * checked, also where a link or a folder on the way is exchanged in the meantime. Never rejects.
 */
export async function readAllowedFile(
  file: string,
  folders: readonly string[] | undefined,
  megabytes: number,
): Promise<AllowedFile | OutsidePath | UnreadablePath> {
  const opened = await openAllowedFile(file, folders);
  if (opened.kind !== "opened") return opened;
  const { handle, path, stats } = opened;
  try {
    if (stats.size > megabytes * megabyte) return refuse(`it is larger than ${megabytes} MB`);
    return { kind: "read", path, bytes: await handle.readFile(), stats };
  } catch (error) {
    return unreadable(error);
  } finally {
    await handle.close();
  }
}

export interface OpenedFile {
  readonly kind: "opened";
  /** Without symbolic links. */
  readonly path: string;
  /** Whoever gets it closes it. */
  readonly handle: FileHandle;
  readonly stats: BigIntStats;
}

/** The same file, opened to be read piece by piece. Never rejects. */
export async function openAllowedFile(
  file: string,
  folders: readonly string[] | undefined,
): Promise<OpenedFile | OutsidePath | UnreadablePath> {
  // A program that saves a file puts a new one into its place: the next attempt finds that.
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    if (attempt > 0) await setTimeout(pause);
    const checked = await checkPath(file, folders);
    if (checked.kind !== "allowed") return checked;
    try {
      const opened = await openChecked(file, checked.path);
      if (opened) return opened;
    } catch (error) {
      return unreadable(error);
    }
  }
  return refuse("it was exchanged while it was read");
}

/** Undefined where the path leads to another file by now. */
async function openChecked(file: string, real: string): Promise<OpenedFile | UnreadablePath | undefined> {
  // A pipe or a device would never end, and to open one may already do something.
  const entry = await lstat(real);
  if (entry.isSymbolicLink()) return { kind: "unreadable", reason: "its symbolic link leads nowhere", isMissing: true };
  if (isOfKernel(real) || !entry.isFile()) return refuse("it is not a regular file");
  const handle = await open(real, readOnly);
  let opened: OpenedFile | undefined;
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) return refuse("it is not a regular file");
    if (await leadsTo(handle, file, real)) opened = { kind: "opened", path: real, handle, stats };
    return opened;
  } finally {
    if (!opened) await handle.close();
  }
}

/** No link is followed at the last part of a path that holds none, and no pipe is waited for. Windows has neither. */
const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Is the opened file the one at the path, whose links lead to `real`? A folder on the way may have become a link, even
 * for a moment: where the system knows the path of an opened file, that one counts.
 */
export async function leadsTo(handle: FileHandle, file: string, real: string): Promise<boolean> {
  // In /proc of Linux; elsewhere nothing is there. On drives of Windows the case of a name may differ.
  const opened = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => real);
  if (opened.toLowerCase() !== real.toLowerCase() || (await realpath(file)) !== real) return false;
  return isSameFile(await handle.stat({ bigint: true }), await lstat(real, { bigint: true }));
}

/** Two names of one file, as hard links are. */
export function isSameFile(a: Pick<BigIntStats, "dev" | "ino">, b: Pick<BigIntStats, "dev" | "ino">): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

function refuse(reason: string): UnreadablePath {
  return { kind: "unreadable", reason, isMissing: false };
}
