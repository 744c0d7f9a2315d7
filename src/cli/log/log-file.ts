import { constants, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { resolve } from "node:path";
import { err, ok, type Result } from "../../common/result.ts";
import type { Diagnostic } from "../diagnostic.ts";

/** A file that lines are added to, each with one write at its end: two runs can share it. */
export interface LogFile {
  /** What the person should know of the file, in sentences; undefined for nothing. */
  readonly warning: string | undefined;
  /** @throws what the system says where the line could not be written whole */
  append(line: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Never through a symbolic link in the last place, and without waiting for a pipe's other end. Windows has neither flag:
 * there only what was opened is looked at.
 */
const flags =
  constants.O_WRONLY |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

/** Makes the file, readable by its owner only, or continues one that is there. Only regular files are taken. */
export async function openLogFile(given: string, cwd: string): Promise<Result<LogFile, Diagnostic>> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(resolve(cwd, given), flags, 0o600);
    const entry = await handle.stat();
    if (!entry.isFile()) {
      await handle.close();
      return err(cannotWrite(given, "it is not a regular file"));
    }
    return ok(logFile(handle, openToOthers(given, entry)));
  } catch (error) {
    await handle?.close();
    return err(cannotWrite(given, reasonOf(error)));
  }
}

function logFile(handle: FileHandle, warning: string | undefined): LogFile {
  return {
    warning,
    append: async (line) => {
      const bytes = Buffer.from(`${line}\n`);
      const { bytesWritten } = await handle.write(bytes);
      if (bytesWritten < bytes.length) throw new Error("the disk is full");
    },
    close: () => handle.close(),
  };
}

/** Only where the mode says who may do what (not on Windows). */
function openToOthers(given: string, { mode }: Stats): string | undefined {
  if (process.platform === "win32" || (mode & 0o066) === 0) return undefined;
  const digits = (mode & 0o777).toString(8).padStart(4, "0");
  const what = (mode & 0o022) === 0 ? "read" : "read or change";
  return `Other users of this machine can ${what} the log ${given} (mode ${digits}). Run: chmod 600 ${shellWord(given)}`;
}

function shellWord(text: string): string {
  return /^[\w./@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The file or the disk was at fault while a run wrote to it. */
export function logIncomplete(given: string, error: unknown): Diagnostic {
  return {
    code: "value.unwritable-file",
    title: `The log ${given} is not complete`,
    detail: `A line could not be written: ${reasonOf(error)}. The requests were sent all the same.`,
    fix: "Make room on the disk, or name another file with --log.",
  };
}

function cannotWrite(given: string, reason: string): Diagnostic {
  return {
    code: "value.unwritable-file",
    title: `The log ${given} cannot be written`,
    detail: `Nothing was sent: ${reason}.`,
    fix: "Name a regular file that you may write to, in a folder that is there, or write --log - for standard error.",
  };
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "you may not write it",
  EPERM: "you may not write it",
  EROFS: "it is on a read-only disk",
  EISDIR: "it is a folder",
  ELOOP: "it is a symbolic link",
  EMLINK: "it is a symbolic link",
  ENOENT: "its folder is not there",
  ENOTDIR: "its folder is not there",
  ENXIO: "it is not a regular file",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
};

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ""] ?? message;
}
