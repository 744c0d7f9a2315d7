import { readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Failure } from "../../common/failure.ts";
import type { SourceLocation } from "../../common/range.ts";
import type { RequestBody } from "../../common/request-body.ts";
import {
  allowedFolders,
  foldersUpTo,
  isSameFile,
  isSecretFile,
  type OpenedFile,
  openAllowedFile,
  outsideFailure,
  type Settings,
  shownFile,
} from "../../settings/index.ts";
import { readBeginning, streamedFile } from "./streamed-file.ts";

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

/** In bytes: a larger file is not read before it is sent, but piece by piece while it is. */
const largestRead = 1024 * 1024;

/** In MB: a text whose references are replaced, or whose line ends are left out, is held in memory. */
const largestText = 50;

/**
 * A body file that is sent as it is.
 * @throws {Failure} `value.unreadable-file`, `policy.path-outside-workspace`, `policy.secret-not-allowed` for a file of
 *   secrets
 */
export async function openBodyFile(wanted: WantedFile, files: BodyFiles): Promise<RequestBody> {
  const file = await open(wanted, files);
  const { handle, stats } = file;
  try {
    if (stats.size <= largestRead) return await handle.readFile();
    const reopen = () => open(wanted, files);
    return streamedFile(wanted, stats, await readBeginning(handle), reopen);
  } finally {
    await handle.close();
  }
}

/** The bytes of a body file that is worked on before it is sent. @throws {Failure} as `openBodyFile` */
export async function readBodyFile(wanted: WantedFile, files: BodyFiles): Promise<Uint8Array> {
  const { handle, stats } = await open(wanted, files);
  try {
    if (stats.size <= largestText * 1024 * 1024) return await handle.readFile();
  } finally {
    await handle.close();
  }
  const { shown, location } = wanted;
  throw new Failure({
    code: "value.unreadable-file",
    title: `The body file ${shown} is larger than ${largestText} MB`,
    detail: `${shown} is held in memory, because references in it are replaced or its line ends are left out. Nothing was sent.`,
    fix: 'Write "<" to send the file as it is (in a cURL command --data-binary): then it may be of any size.',
    location,
  });
}

async function open(wanted: WantedFile, files: BodyFiles): Promise<OpenedFile> {
  const path = resolve(dirname(files.requestFile), wanted.path);
  const file = await openAllowedFile(path, allowedFolders(files));
  if (file.kind === "unreadable") throw unreadable(wanted, path, files, file.reason);
  if (file.kind === "outside") {
    const title = `The body file ${wanted.shown} is outside the workspace`;
    const detail = `A request file may only send files of its own workspace folder, ${files.root}, also after following symbolic links. Nothing was read or sent.`;
    const isSecret = isSecretFile(path) || isSecretFile(file.path);
    throw outsideFailure(file, { title, detail, location: wanted.location }, !isSecret);
  }
  try {
    await refuseSecrets(wanted, path, file, files);
    return file;
  } catch (error) {
    await file.handle.close();
    throw error;
  }
}

/** @throws {Failure} `policy.secret-not-allowed` */
async function refuseSecrets(wanted: WantedFile, path: string, file: OpenedFile, files: BodyFiles): Promise<void> {
  const isOneOf = async (paths: readonly string[]) => {
    const others = await Promise.all(paths.map((other) => stat(other, { bigint: true }).catch(() => undefined)));
    return others.some((other) => other && isSameFile(other, file.stats));
  };
  // Also under another name: a symbolic or a hard link.
  if (await isOneOf(files.keys)) throw secretFile(wanted, "is the private key of a client certificate");
  const isSecret = isSecretFile(path) || isSecretFile(file.path);
  const hasOtherNames = file.stats.nlink > 1n;
  if (isSecret || (hasOtherNames && (await isOneOf(await secretFiles(files))))) {
    throw secretFile(wanted, "holds secrets of yours");
  }
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
