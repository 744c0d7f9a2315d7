import { access } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Diagnostic } from "./diagnostic.ts";
import type { LoadedFile } from "./request-files.ts";

const environmentFile = "http-client.env.json";

/**
 * `--env NAME` asks for the values of an environment. This version reads no environment files, so a name can only be
 * refused: running without the values that were asked for would be a lie.
 */
export async function checkEnvironmentName(
  name: string,
  files: readonly LoadedFile[],
): Promise<Diagnostic | undefined> {
  if (name === "") return undefined;
  for (const file of files) {
    const found = await findUpwards(dirname(file.path), environmentFile);
    if (found === undefined) continue;
    return {
      title: "Environment files are not supported yet",
      detail: `--env ${name} asks for an environment of ${found}, which this version of padlock does not read.`,
      fix: "Define the values with @name = value lines in the request file, and run without --env.",
    };
  }
  return {
    title: `No environment file defines ${name}`,
    detail: `There is no ${environmentFile} in the folder of the request file or above it.`,
    fix: "Run without --env.",
  };
}

async function findUpwards(folder: string, name: string): Promise<string | undefined> {
  for (let current = folder; ; current = dirname(current)) {
    const path = join(current, name);
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (exists) return path;
    if (dirname(current) === current) return undefined;
  }
}
