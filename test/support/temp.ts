import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface TempWorkspace {
  /** Absolute, with symbolic links resolved (macOS's temporary folder is one). */
  readonly root: string;
  /** The absolute path of a file in it. */
  path(relative: string): string;
  /** Writes one more file, or another content. */
  write(relative: string, content: string | Uint8Array, mode?: number): Promise<string>;
  /** The text of a file. */
  read(relative: string): Promise<string>;
  remove(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A new folder with these files (names with `/`, folders made as needed); readable by this user only. */
export async function makeWorkspace(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<TempWorkspace> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "padlock-test-")));
  const remove = () => rm(root, { recursive: true, force: true, maxRetries: 3 });
  const workspace: TempWorkspace = {
    root,
    path: (relative) => join(root, relative),
    write: async (relative, content, mode = 0o600) => {
      const path = join(root, relative);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content, { mode });
      return path;
    },
    read: (relative) => readFile(join(root, relative), "utf8"),
    remove,
    [Symbol.asyncDispose]: remove,
  };
  for (const [name, content] of Object.entries(files)) await workspace.write(name, content);
  return workspace;
}
