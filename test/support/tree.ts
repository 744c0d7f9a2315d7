import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** Everything below a folder, by its relative path with `/`: kind, mode, and a file's content. To compare before and after. */
export async function treeOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const entries = names.map(async (name): Promise<[string, string]> => {
    const path = join(folder, name);
    return [relative(folder, path).split(sep).join("/"), await describe(path)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function describe(path: string): Promise<string> {
  const entry = await lstat(path);
  const mode = (entry.mode & 0o777).toString(8);
  if (entry.isSymbolicLink()) return `link to ${await readlink(path)}`;
  if (entry.isDirectory()) return `folder ${mode}`;
  return `file ${mode} ${await readFile(path, "latin1")}`;
}

/** Which of the values stand in the text, in plain or in base64 at any of its three alignments. */
export function leaksIn(text: string, values: readonly string[]): string[] {
  return values.filter((value) => formsOf(value).some((form) => text.includes(form)));
}

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const aligned = [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // The characters at both ends also hold bits of their neighbours.
    return padded.slice(offset === 0 ? 0 : offset + 1, -1);
  });
  const urlSafe = aligned.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"));
  return [value, encodeURIComponent(value), bytes.toString("hex"), ...aligned, ...urlSafe];
}
