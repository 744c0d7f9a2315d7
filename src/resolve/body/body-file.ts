import { readFile as readFromDisk, realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Failure } from "../../common/failure.ts";
import type { SourceLocation } from "../../common/range.ts";
import { isSecretFile } from "../../secrets/index.ts";
import { isInside, shownFile } from "../../settings/index.ts";

/** Where body files come from. */
export interface BodyFiles {
  /** Absolute path of the request file: relative paths start at its folder. */
  readonly requestFile: string;
  /** The workspace folder; no file outside of it is read. */
  readonly root: string;
  /** Files of private keys, absolute: none of them is read. */
  readonly keys?: readonly string[] | undefined;
  /** Gets a path without symbolic links. */
  readonly readFile?: ((path: string) => Promise<Uint8Array>) | undefined;
}

export interface WantedFile {
  readonly path: string;
  /** The path as it may be shown. */
  readonly shown: string;
  readonly location: SourceLocation;
}

/**
 * The bytes of a body file.
 * @throws {Failure} `value.unreadable-file`, `policy.path-outside-workspace`, `policy.secret-not-allowed` for a file of
 *   secrets
 */
export async function readBodyFile(wanted: WantedFile, files: BodyFiles): Promise<Uint8Array> {
  const path = resolve(dirname(files.requestFile), wanted.path);
  try {
    const [file, root] = await Promise.all([realpath(path), realpath(files.root)]);
    if (!isInside(root, file)) throw outside(wanted, files.root);
    if (isSecretFile(path) || isSecretFile(file)) throw secretFile(wanted, "holds secrets of yours");
    if (await isOneOf(files.keys ?? [], file)) throw secretFile(wanted, "is the private key of a client certificate");
    // A pipe or device would never end.
    if (!(await stat(file)).isFile()) throw unreadable(wanted, path, files, "it is not a regular file");
    return await (files.readFile ?? readFromDisk)(file);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw unreadable(wanted, path, files, reasonOf(error));
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a part of its path is not a folder",
  EACCES: "you may not read it",
  EPERM: "you may not read it",
  ELOOP: "its symbolic links lead in a circle",
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
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

function outside({ shown, location }: WantedFile, root: string): Failure {
  return new Failure({
    code: "policy.path-outside-workspace",
    title: `The body file ${shown} is outside the workspace`,
    detail: `A request file may only send files of its own workspace folder, ${root}, also after following symbolic links. Nothing was read or sent.`,
    fix: "Copy the file into the workspace folder, or open the folder that holds both.",
    location,
  });
}

async function isOneOf(files: readonly string[], file: string): Promise<boolean> {
  const real = await Promise.all(files.map((each) => realpath(each).catch(() => each)));
  return real.includes(file);
}

function secretFile({ shown, location }: WantedFile, what: string): Failure {
  return new Failure({
    code: "policy.secret-not-allowed",
    title: `The file ${shown} is never sent`,
    detail: `${shown} ${what}, and as a body all of it would go to the server. Nothing was read or sent.`,
    fix: "Send another file, or single values with {{$dotenv NAME}} or {{$env.NAME}}, each for the hosts that padlock.secrets allows.",
    location,
  });
}
