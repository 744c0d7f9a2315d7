import { stat } from "node:fs/promises";
import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import { shellWord } from "../common/shell-word.ts";
import { shownFile } from "./shown-file.ts";

export interface KeyFile {
  /** Absolute. */
  readonly path: string;
  /** Where it is named. */
  readonly location?: SourceLocation | undefined;
  readonly setting?: string | undefined;
}

/**
 * What to say of a private key that others than its owner can read or change; undefined where all is well, where there
 * is no such file, where the system has no such permissions (Windows), and for a key of root's that somebody else
 * uses: only root can change those. It is said as a warning and stops nothing.
 */
export async function keyPermissions({ path, location, setting }: KeyFile, root: string): Promise<Failure | undefined> {
  const own = process.getuid?.();
  if (own === undefined) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (!found || (found.mode & 0o077) === 0 || (found.uid === 0 && own !== 0)) return undefined;
  const shown = shownFile(root, path);
  const mode = (found.mode & 0o777).toString(8).padStart(4, "0");
  return new Failure({
    code: "identity.key-permissions",
    title: "Others can use a private key",
    detail: `${shown} can be ${(found.mode & 0o044) === 0 ? "changed" : "read"} by others (mode ${mode}).`,
    fix: `Run: chmod 600 ${shellWord(shown)}`,
    location,
    setting,
  });
}
