import { join } from "node:path";
import { shownFile } from "../shown-file.ts";
import { foldersUpTo, readWorkspaceFile } from "../workspace-files.ts";
import type { EnvironmentFile } from "./model.ts";

/** The names of one folder, the strongest first. The older names are those that JetBrains' client still reads. */
const fileNames: readonly (readonly [name: string, kind: EnvironmentFile["kind"]])[] = [
  ["http-client.env.json.user", "private"],
  ["http-client.private.env.json", "private"],
  ["rest-client.private.env.json", "private"],
  ["http-client.env.json", "public"],
  ["rest-client.env.json", "public"],
];

/**
 * The environment files for a request file, from its folder up to the workspace folder, the strongest first: private
 * ones before public ones, then nearer ones before farther ones. A link may lead to the `outsidePaths` too. All paths
 * absolute. Never rejects: a file that cannot be read says so in `unreadable`.
 */
export async function loadEnvironmentFiles(
  requestFile: string,
  root: string,
  outsidePaths: readonly string[] = [],
): Promise<readonly EnvironmentFile[]> {
  const folders = foldersUpTo(requestFile, root);
  const boundary = folders.at(-1) ?? root;
  const candidates = folders.flatMap((folder) => fileNames.map(([name, kind]) => ({ path: join(folder, name), kind })));
  const found = await Promise.all(
    candidates.map(async ({ path, kind }): Promise<EnvironmentFile[]> => {
      const file = await readWorkspaceFile(path, [boundary, ...outsidePaths]);
      return file ? [{ path, kind, shown: shownFile(root, path), text: "", ...file }] : [];
    }),
  );
  const files = found.flat();
  return [...files.filter(({ kind }) => kind === "private"), ...files.filter(({ kind }) => kind === "public")];
}
