import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join, parse, relative, sep } from "node:path";
import { type BodyOutput, checkPath, leadsTo, refusedName } from "../../settings/index.ts";

/** More responses of one name are not kept apart by anybody. */
const mostNames = 10_000;

/** A reason not to write, as the end of a sentence. */
export class NotWritten extends Error {}

/**
 * Writes a new file, readable by its owner alone, into a folder that is made as needed. Without `overwrites` a name that
 * is taken gets `-1`, `-2`, … before its extension, as in JetBrains' client.
 * @returns the absolute path of the file
 * @throws {NotWritten} where the path leads out of `root` by now or all names are taken, and errors of the system
 */
export async function writeOutput(
  { path, overwrites }: Pick<BodyOutput, "path" | "overwrites">,
  bytes: Uint8Array,
  root: string,
): Promise<string> {
  const file = join(await makeFolder(path, root), basename(path));
  return overwrites ? replace(file, bytes) : writeBeside(file, bytes);
}

/** The folder of the file, which may have become a link to another one while the request was under way. */
async function makeFolder(file: string, root: string): Promise<string> {
  const [checked, top] = await Promise.all([checkPath(dirname(file), [root]), checkPath(root, [root])]);
  if (checked.kind !== "allowed" || top.kind !== "allowed") {
    throw new NotWritten("its folder is not in the workspace any more");
  }
  const refused = refusedName(relative(top.path, join(checked.path, basename(file))).split(sep));
  if (refused !== undefined) throw new NotWritten(refused);
  await mkdir(checked.path, { recursive: true, mode: 0o700 });
  return checked.path;
}

async function writeBeside(file: string, bytes: Uint8Array): Promise<string> {
  const { dir, name, ext } = parse(file);
  for (let number = 0; number < mostNames; number++) {
    const free = join(dir, number === 0 ? name + ext : `${name}-${number}${ext}`);
    if (await writeNew(free, bytes)) return free;
  }
  throw new NotWritten("all names up to this one are taken");
}

/** Whoever reads the file meanwhile sees the old one or the new one, never a part. */
async function replace(file: string, bytes: Uint8Array): Promise<string> {
  const temporary = join(dirname(file), `${basename(file)}.${randomBytes(8).toString("hex")}.tmp`);
  if (!(await writeNew(temporary, bytes))) throw new NotWritten("its folder changes while it is written");
  try {
    const found = await lstat(file).catch(() => undefined);
    if (found && !found.isFile()) throw new NotWritten("something else than a regular file is there");
    await rename(temporary, file);
    return file;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const newFile = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** @returns false where something is there already, a link that leads nowhere too */
async function writeNew(file: string, bytes: Uint8Array): Promise<boolean> {
  const handle = await create(file);
  if (!handle) return false;
  try {
    // A folder on the way may have become a link since it was checked: then only an empty file has left the workspace.
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

async function create(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, newFile, 0o600);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return undefined;
    throw error;
  }
}
