import { mkdir } from "node:fs/promises";
import { basename, dirname, join, parse, relative, sep } from "node:path";
import {
  type BodyOutput,
  checkPath,
  type NewContent,
  NotWritten,
  refusedName,
  replaceFile,
  writeNewFile,
} from "../../settings/index.ts";

/** More responses of one name are not kept apart by anybody. */
const mostNames = 10_000;

/**
 * Writes a new file, readable by its owner alone, into a folder that is made as needed. Without `overwrites` a name that
 * is taken gets `-1`, `-2`, … before its extension, as in JetBrains' client.
 * @returns the absolute path of the file
 * @throws {NotWritten} where the path leads out of `root` by now or all names are taken, and errors of the system
 */
export async function writeOutput(
  { path, overwrites }: Pick<BodyOutput, "path" | "overwrites">,
  bytes: NewContent,
  root: string,
): Promise<string> {
  const file = join(await makeFolder(path, root), basename(path));
  if (!overwrites) return writeBeside(file, bytes);
  await replaceFile(file, bytes, 0o600);
  return file;
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

async function writeBeside(file: string, bytes: NewContent): Promise<string> {
  const { dir, name, ext } = parse(file);
  for (let number = 0; number < mostNames; number++) {
    const free = join(dir, number === 0 ? name + ext : `${name}-${number}${ext}`);
    if (await writeNewFile(free, bytes, 0o600)) return free;
  }
  throw new NotWritten("all names up to this one are taken");
}
