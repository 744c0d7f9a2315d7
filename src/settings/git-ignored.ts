import { lstat, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import ignore from "ignore";

/** `no-repository`: nothing above the file is a working tree of Git. */
export type GitStatus = "ignored" | "not-ignored" | "no-repository";

/** More rules than anybody writes, in bytes. */
const largest = 1_000_000;

/**
 * Whether Git ignores a file, from its rule files alone: `.gitignore` from the top of the working tree down to the
 * file, `.git/info/exclude` and the person's own `git/ignore` (gitignore(5)). Git itself is not run: the configuration
 * of a repository can name programs. A file that was committed before it was ignored is still in the repository; that
 * is not looked at. `path` is absolute and need not exist.
 */
export async function gitStatus(path: string): Promise<GitStatus> {
  const top = await topOf(dirname(path));
  if (top === undefined) return "no-repository";
  const names = relative(top, path).split(sep);
  const personal = join(process.env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config"), "git", "ignore");
  const general = await Promise.all([personal, join(top, ".git", "info", "exclude")].map(rulesOf));
  const folders = await Promise.all(
    names.map((_, depth) => rulesOf(join(top, ...names.slice(0, depth), ".gitignore"))),
  );
  // A file below an ignored folder is ignored, whatever the rules in that folder say.
  for (let depth = 1; depth <= names.length; depth++) {
    if (isIgnored(names.slice(0, depth), depth < names.length, general, folders)) return "ignored";
  }
  return "not-ignored";
}

/** The last rule that fits decides, of the nearest file that has one. */
function isIgnored(
  names: readonly string[],
  isFolder: boolean,
  general: readonly string[],
  folders: readonly string[],
): boolean {
  let ignored = false;
  const apply = (rules: string, from: number) => {
    if (rules === "") return;
    const path = names.slice(from).join("/") + (isFolder ? "/" : "");
    const found = ignore({ allowRelativePaths: true }).add(rules).test(path);
    if (found.ignored || found.unignored) ignored = found.ignored;
  };
  for (const rules of general) apply(rules, 0);
  for (const [depth, rules] of folders.slice(0, names.length).entries()) apply(rules, depth);
  return ignored;
}

/** The folder that holds `.git`: a folder, or a file in a linked working tree. */
async function topOf(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await lstat(join(at, ".git")).catch(() => undefined);
    if (found?.isDirectory() || found?.isFile()) return at;
    if (dirname(at) === at) return undefined;
  }
}

async function rulesOf(path: string): Promise<string> {
  try {
    // A pipe or a device would never end; Git follows no link here either.
    const found = await lstat(path);
    return found.isFile() && found.size <= largest ? await readFile(path, "utf8") : "";
  } catch {
    return "";
  }
}
