import { readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Failure } from "../../common/failure.ts";
import type { SourceLocation } from "../../common/range.ts";
import {
  allowedFolders,
  foldersUpTo,
  isSameFile,
  isSecretFile,
  outsideFailure,
  readAllowedFile,
  type Settings,
  shownFile,
} from "../../settings/index.ts";

/** Where body files come from: no file outside of the workspace folder, or of one that the person lists, is read. */
export interface BodyFiles extends Pick<Settings, "root" | "outsidePaths"> {
  /** Absolute path of the request file: relative paths start at its folder. */
  readonly requestFile: string;
  /** Files of private keys, absolute: none of them is sent. */
  readonly keys: readonly string[];
}

export interface WantedFile {
  readonly path: string;
  /** The path as it may be shown. */
  readonly shown: string;
  readonly location: SourceLocation;
}

/** In MB: a body is held in memory. */
const largest = 2048;

/**
 * The bytes of a body file.
 * @throws {Failure} `value.unreadable-file`, `policy.path-outside-workspace`, `policy.secret-not-allowed` for a file of
 *   secrets
 */
export async function readBodyFile(wanted: WantedFile, files: BodyFiles): Promise<Uint8Array> {
  const path = resolve(dirname(files.requestFile), wanted.path);
  const file = await readAllowedFile(path, allowedFolders(files), largest);
  if (file.kind === "unreadable") throw unreadable(wanted, path, files, file.reason);
  const isSecret = isSecretFile(path) || isSecretFile(file.path);
  if (file.kind === "outside") {
    const title = `The body file ${wanted.shown} is outside the workspace`;
    const detail = `A request file may only send files of its own workspace folder, ${files.root}, also after following symbolic links. Nothing was read or sent.`;
    throw outsideFailure(file, { title, detail, location: wanted.location }, !isSecret);
  }
  const isOneOf = async (paths: readonly string[]) => {
    const others = await Promise.all(paths.map((other) => stat(other, { bigint: true }).catch(() => undefined)));
    return others.some((other) => other && isSameFile(other, file.stats));
  };
  // Also under another name: a symbolic or a hard link.
  if (await isOneOf(files.keys)) throw secretFile(wanted, "is the private key of a client certificate");
  const hasOtherNames = file.stats.nlink > 1n;
  if (isSecret || (hasOtherNames && (await isOneOf(await secretFiles(files))))) {
    throw secretFile(wanted, "holds secrets of yours");
  }
  return file.bytes;
}

/** Those that values are read from. */
async function secretFiles({ requestFile, root }: BodyFiles): Promise<readonly string[]> {
  const found = await Promise.all(
    foldersUpTo(requestFile, root).map(async (folder) => {
      const names = await readdir(folder).catch(() => []);
      return names.filter(isSecretFile).map((name) => join(folder, name));
    }),
  );
  return found.flat();
}

function unreadable({ shown, location }: WantedFile, path: string, files: BodyFiles, reason: string): Failure {
  return new Failure({
    code: "value.unreadable-file",
    title: `The body file ${shown} cannot be read`,
    detail: `${shownFile(files.root, path)} is the body of this request, but ${reason}. Nothing was sent.`,
    fix: 'Correct the path behind "<": it starts at the folder of this file.',
    location,
  });
}

function secretFile({ shown, location }: WantedFile, what: string): Failure {
  return new Failure({
    code: "policy.secret-not-allowed",
    title: `The file ${shown} is never sent`,
    detail: `${shown} ${what}, and as a body all of it would go to the server. Nothing was sent.`,
    fix: "Send another file, or single values with {{$dotenv NAME}} or {{$env.NAME}}, each for the hosts that padlock.secrets allows.",
    location,
  });
}
