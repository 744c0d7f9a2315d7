import { resolve } from "node:path";
import type { Failure } from "../common/failure.ts";
import { didYouMean } from "../common/near-name.ts";
import {
  loadEnvironmentFiles,
  loadRawSettings,
  type RawSettings,
  readEnvironments,
  readSettings,
  shownFile,
} from "../settings/index.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { LoadedFile } from "./request-files.ts";

/**
 * `--env NAME` has to name an environment of the environment files that apply: running without the values that were
 * asked for would send other requests. Request files without environment files may be run beside others.
 */
export async function checkEnvironmentName(
  name: string,
  files: readonly Pick<LoadedFile, "path" | "shown">[],
  cwd: string,
  person: RawSettings["person"],
): Promise<Diagnostic | undefined> {
  if (name === "") return undefined;
  let isKnown = false;
  for (const { path, shown } of files) {
    const raw = await loadRawSettings(path);
    const { root } = raw;
    const settings = readSettings({ ...raw, ...(person && { person }) });
    const outsidePaths = settings.ok ? settings.value.outsidePaths : [];
    const { names, problems } = readEnvironments(await loadEnvironmentFiles(path, root, outsidePaths));
    // What a file that cannot be read would define is not known.
    if (problems[0]) return brokenFile(problems[0], root, cwd);
    if (names.includes(name)) isKnown = true;
    else if (names.length > 0) return unknownName(name, names, shown);
  }
  return isKnown ? undefined : noEnvironments(name);
}

function brokenFile({ code, title, detail, fix, location }: Failure, root: string, cwd: string): Diagnostic {
  if (!location) return { code, title, detail, fix };
  return { code, title, detail, fix, location: { ...location, file: shownFile(cwd, resolve(root, location.file)) } };
}

function unknownName(name: string, names: readonly string[], shown: string): Diagnostic {
  return {
    title: `There is no environment "${name}"`,
    detail: `The environment files of ${shown} define: ${names.join(", ")}. Nothing was sent.`,
    fix: `Use one of these names.${didYouMean(name, names)}`,
  };
}

function noEnvironments(name: string): Diagnostic {
  return {
    title: `There is no environment "${name}"`,
    detail:
      "No http-client.env.json or http-client.private.env.json from the request file's folder up to the workspace folder defines an environment. Nothing was sent.",
    fix: "Add the environment to such a file, or run without --env.",
  };
}
