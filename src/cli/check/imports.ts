import { realpath } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { decodeUtf8 } from "../../common/utf8.ts";
import { importedNames } from "../../language/rules/imported-names.ts";
import type { ImportedNames } from "../../language/rules/known-facts.ts";
import { readAllowedFile } from "../../settings/index.ts";
import { isSecretFile } from "../../settings/secret-files.ts";
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
/** In MB. */
const largest = 16;

/** The names that a file takes from those that it imports, directly or through others. */
export async function readImports(file: LoadedFile, folders: readonly string[]): Promise<Imports> {
  const files = new Map<string, Known>([[await realpath(file.path), file]]);
  const unreadable: { path: Span; reason: string }[] = [];
  // A map also visits what is added while it is walked.
  for (const [, from] of files) {
    for (const { path } of from.parsed.blocks.flatMap(({ imports }) => imports)) {
      if (files.size >= mostFiles) break;
      const read = await readImport(resolve(dirname(from.path), path.text), folders);
      if (typeof read !== "string") files.set(read.real, files.get(read.real) ?? read);
      else if (from === file) unreadable.push({ path, reason: read });
    }
  }
  const known = [...files.values()].map(({ path, parsed }) => ({ uri: pathToFileURL(path).href, file: parsed }));
  return { names: importedNames(known), unreadable };
}

/** The reason where it cannot be read. */
async function readImport(
  path: string,
  folders: readonly string[],
): Promise<(Known & { readonly real: string }) | string> {
  const file = await readAllowedFile(path, folders, largest);
  if (file.kind === "outside") return "it is outside of the workspace folder";
  if (file.kind === "unreadable") return file.reason;
  if (isSecretFile(path) || isSecretFile(file.path)) return "it holds secrets and is no request file";
  const text = decodeUtf8(file.bytes);
  return text.ok ? { path, real: file.path, parsed: parse(text.value) } : "it is not UTF-8 text";
}
