import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { decodeUtf8 } from "../../common/utf8.ts";
import { importedNames } from "../../language/rules/imported-names.ts";
import type { ImportedNames } from "../../language/rules/known-facts.ts";
import { isSecretFile } from "../../secrets/secret-files.ts";
import { isInside } from "../../settings/index.ts";
import { parse, type Span } from "../../syntax/index.ts";
import type { RequestFile } from "../../syntax/nodes.ts";
import type { LoadedFile } from "../request-files.ts";

export interface Imports {
  readonly names: ImportedNames;
  /** The imports of the file itself that cannot be used, each with the reason. */
  readonly unreadable: readonly { readonly path: Span; readonly reason: string }[];
}

interface Known {
  readonly path: string;
  readonly parsed: RequestFile;
}

const mostFiles = 100;

/** The names that a file takes from those that it imports, directly or through others. */
export async function readImports(file: LoadedFile, root: string): Promise<Imports> {
  const files = new Map<string, Known>([[await realpath(file.path), file]]);
  const unreadable: { path: Span; reason: string }[] = [];
  // A map also visits what is added while it is walked.
  for (const [, from] of files) {
    for (const { path } of from.parsed.blocks.flatMap(({ imports }) => imports)) {
      if (files.size >= mostFiles) break;
      const read = await readImport(resolve(dirname(from.path), path.text), root);
      if (typeof read !== "string") files.set(read.real, files.get(read.real) ?? read);
      else if (from === file) unreadable.push({ path, reason: read });
    }
  }
  const known = [...files.values()].map(({ path, parsed }) => ({ uri: pathToFileURL(path).href, file: parsed }));
  return { names: importedNames(known), unreadable };
}

/** The reason where it cannot be read. */
async function readImport(path: string, root: string): Promise<(Known & { readonly real: string }) | string> {
  try {
    const [real, realRoot] = await Promise.all([realpath(path), realpath(root)]);
    if (!isInside(realRoot, real)) return "it is outside of the workspace folder";
    if (isSecretFile(path) || isSecretFile(real)) return "it holds secrets and is no request file";
    // A pipe or a device would never end.
    if (!(await stat(real)).isFile()) return "it is not a file";
    const text = decodeUtf8(await readFile(real));
    return text.ok ? { path, real, parsed: parse(text.value) } : "it is not UTF-8 text";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "ENOENT" || code === "ENOTDIR" ? "there is no such file" : "it cannot be read";
  }
}
