import { join } from "node:path";
import { Failure } from "../common/failure.ts";
import { type Environment, foldersUpTo, readWorkspaceFile, shownFile } from "../settings/index.ts";

/** What `{{$dotenv NAME}}` reads from. */
export interface Dotenv extends Environment {
  /** Of both files. Values are never part of it. */
  readonly names: readonly string[];
  /** Why a file that is there is not read: whatever asks for a value then must not be sent. */
  readonly problem: Failure | undefined;
}

/**
 * `.env.<environment>` over `.env`; of each the nearest one, from the request file's folder up to the workspace folder.
 * Names may hold full stops and hyphens. A link may lead to the `outsidePaths` too. All paths absolute; "" for no
 * environment. Never rejects.
 */
export async function loadDotenv(
  requestFile: string,
  root: string,
  environmentName: string,
  outsidePaths: readonly string[] = [],
): Promise<Dotenv> {
  // A name with a slash would lead out of the folder.
  const own = /^[^/\\\0]+$/.test(environmentName) ? [`.env.${environmentName}`] : [];
  const values = new Map<string, string>();
  let problem: Failure | undefined;
  for (const name of [".env", ...own]) {
    const file = await nearest(requestFile, root, name, outsidePaths);
    if (file && "text" in file) for (const [key, value] of await entriesOf(file.text)) values.set(key, value);
    else if (file) problem = unreadable(file.shown, file.unreadable);
  }
  return { names: [...values.keys()], problem, get: (name) => values.get(name) };
}

/** The package's other parser needs a time that grows with the square of a file of blank lines. */
async function entriesOf(text: string): Promise<[string, string][]> {
  const { parse } = await import("dotenv");
  return Object.entries(parse(text.replace(/^\uFEFF/, ""), { fast: true }));
}

async function nearest(requestFile: string, root: string, name: string, outsidePaths: readonly string[]) {
  const folders = foldersUpTo(requestFile, root);
  for (const folder of folders) {
    const path = join(folder, name);
    const file = await readWorkspaceFile(path, [folders.at(-1) ?? root, ...outsidePaths]);
    if (file) return { ...file, shown: shownFile(root, path) };
  }
  return undefined;
}

function unreadable(shown: string, reason: string): Failure {
  return new Failure({
    code: "settings.unreadable",
    title: `${shown} cannot be read`,
    detail: `{{$dotenv …}} takes its value from ${shown}, but ${reason}. Nothing was sent.`,
    fix: "Put a file there that can be read, or remove it.",
  });
}
