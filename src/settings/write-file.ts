import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, lstat, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { leadsTo } from "./allowed-file.ts";

/** Bytes, or pieces of them one after the other. */
export type NewContent = Uint8Array | AsyncIterable<Uint8Array>;

/** A reason not to write, as the end of a sentence. */
export class NotWritten extends Error {}

/**
 * Puts a file into the place of the one that is there, if any; whoever reads it meanwhile sees the old one or the new
 * one, never a part. `file`: absolute, its folder without symbolic links. `mode`: of the new file.
 * @throws {NotWritten} where something else than a regular file is there, a link too; and errors of the system
 */
export async function replaceFile(file: string, bytes: NewContent, mode: number): Promise<void> {
  const temporary = join(dirname(file), `${basename(file)}.${randomBytes(8).toString("hex")}.tmp`);
  if (!(await writeNewFile(temporary, bytes, mode))) throw new NotWritten("its folder changes while it is written");
  try {
    const found = await lstat(file).catch(() => undefined);
    if (found && !found.isFile()) throw new NotWritten("something else than a regular file is there");
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const newFile = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/**
 * Writes a file where none is; one that cannot be written in full is removed again. `file` and `mode` as above.
 * @returns false where something is there already, a link that leads nowhere too
 */
export async function writeNewFile(file: string, bytes: NewContent, mode: number): Promise<boolean> {
  const handle = await create(file, mode);
  if (!handle) return false;
  try {
    // A folder on the way may have become a link since it was checked: then only an empty file has left it.
    if (!(await leadsTo(handle, file, file))) throw new NotWritten("its folder was exchanged while it was written");
    await handle.writeFile(bytes);
    await handle.close();
    return true;
  } catch (error) {
    await handle.close();
    await rm(file, { force: true });
    throw error;
  }
}

async function create(file: string, mode: number): Promise<FileHandle | undefined> {
  try {
    return await open(file, newFile, mode);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return undefined;
    throw error;
  }
}
