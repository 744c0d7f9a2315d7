import { Failure, type FailureInit } from "../common/failure.ts";
import type { OutsidePath } from "./allowed-paths.ts";

/**
 * A file that is not used because of its place. `allow: false` for one that stays refused wherever it lies: then nobody
 * is asked to allow its folder. `instead`: what else would do; by default, to copy the file.
 */
export function outsideFailure(
  { path, folder }: OutsidePath,
  init: Pick<FailureInit, "title" | "detail" | "location" | "setting">,
  allow = true,
  instead = "Copy the file into the workspace folder, or open the folder that holds both.",
): Failure {
  if (folder === undefined || !allow)
    return new Failure({ code: "policy.path-outside-workspace", fix: instead, ...init });
  const setting = `"padlock.outsidePaths": [${JSON.stringify(folder)}]`;
  return new Failure({
    code: "policy.path-outside-workspace",
    fix: `${instead} If you trust what uses it, allow its folder for yourself: write ${setting} into your own user settings, or give the command line --outside-path ${folder}.`,
    wanted: { kind: "path", path, folder },
    ...init,
  });
}

/** The folders whose files the workspace's own files may name. */
export function allowedFolders(place: {
  readonly root: string;
  readonly outsidePaths: readonly string[];
}): readonly string[] {
  return [place.root, ...place.outsidePaths];
}
