import { constants } from "node:fs";
import { access, lstat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { Failure } from "../../common/failure.ts";
import type { SourceLocation } from "../../common/range.ts";
import { checkPath } from "../allowed-paths.ts";
import { refusedName } from "./target-names.ts";

/** A file that the body of a response is to be written to: a `>>` line of a request. */
export interface BodyOutput {
  /** Absolute. */
  readonly path: string;
  /** It ends with a slash. */
  readonly namesFolder: boolean;
  /** The path as the request file has it, references unreplaced. */
  readonly shown: string;
  readonly overwrites: boolean;
  readonly location: SourceLocation;
}

export interface OutputPlace {
  /** The workspace folder: nothing is written outside of it, whatever the person lists for reading. */
  readonly root: string;
  /** Certificates, keys and authorities, absolute: no server gets to exchange them. */
  readonly identityFiles: readonly string[];
}

/**
 * Whether a response may be written to the file. It is looked at before the request is sent, so that no response is lost.
 * @throws {Failure} `policy.path-outside-workspace`, `value.unwritable-file`
 */
export async function checkOutput(output: BodyOutput, { root, identityFiles }: OutputPlace): Promise<void> {
  const [folder, realRoot] = await Promise.all([checkPath(dirname(output.path), [root]), checkPath(root, [root])]);
  if (folder.kind === "outside") throw outside(output, root);
  if (folder.kind === "unreadable") throw unwritable(output, folder.reason);
  if (realRoot.kind !== "allowed") throw unwritable(output, "the workspace folder is not there");
  const file = join(folder.path, basename(output.path));
  const parts = [...relative(root, output.path).split(sep), ...relative(realRoot.path, file).split(sep)];
  const reason = refusedName(parts.filter((part) => part !== ".."));
  if (reason !== undefined) throw unwritable(output, reason);
  if (await isOneOf(file, identityFiles)) {
    throw unwritable(output, "it is a certificate or key of your settings, and a server would exchange it");
  }
  const found = await lstat(file).catch(() => undefined);
  if (found?.isDirectory() || output.namesFolder) throw unwritable(output, "it is a folder");
  if (output.overwrites && found && !found.isFile())
    throw unwritable(output, "something else than a regular file is there");
  const obstacle = await obstacleIn(folder.path);
  if (obstacle !== undefined) throw unwritable(output, obstacle);
}

/** Systems differ in whether the case of a name counts: here it does not. */
async function isOneOf(file: string, others: readonly string[]): Promise<boolean> {
  const real = await Promise.all(
    [file, ...others].map(async (path) => {
      const checked = await checkPath(path, undefined);
      return (checked.kind === "unreadable" ? path : checked.path).toLowerCase();
    }),
  );
  return real.slice(1).includes(real[0] ?? "");
}

/** What keeps a file from being made in the folder, which itself may have to be made first. */
async function obstacleIn(folder: string): Promise<string | undefined> {
  const found = await lstat(folder).catch(() => undefined);
  if (!found && dirname(folder) !== folder) return obstacleIn(dirname(folder));
  if (!found?.isDirectory()) return "a part of its path is not a folder";
  return access(folder, constants.W_OK).then(
    () => undefined,
    () => "you may not write into its folder",
  );
}

function outside({ shown, location }: BodyOutput, root: string): Failure {
  return new Failure({
    code: "policy.path-outside-workspace",
    title: `The response is not written to ${shown}`,
    detail: `A request file may only write inside its own workspace folder, ${root}, also after following symbolic links. Nothing was sent.`,
    fix: 'Name a file inside the workspace folder behind ">>".',
    location,
  });
}

function unwritable({ shown, location }: BodyOutput, reason: string): Failure {
  return new Failure({
    code: "value.unwritable-file",
    title: `The response is not written to ${shown}`,
    detail: `${shown} is to get the body of the response, but ${reason}. Nothing was sent.`,
    fix: 'Name another file behind ">>", such as "out/response.json": the path starts at the folder of this file.',
    location,
  });
}
