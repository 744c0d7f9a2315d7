import { readFile as readFromDisk, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import { shownFile } from "../settings/index.ts";
import type { SecretReader } from "./secret-reader.ts";
import { fill, shownTemplate, type Template } from "./template.ts";

export type BodyTemplate =
  | { readonly kind: "none" }
  | { readonly kind: "inline"; readonly content: Template }
  | { readonly kind: "file"; readonly path: Template; readonly location: SourceLocation };

/** Where body files come from. */
export interface BodyFiles {
  /** Absolute path of the request file: relative paths start at its folder. */
  readonly requestFile: string;
  /** The workspace folder; no file outside of it is read. */
  readonly root: string;
  /** Gets a path without symbolic links. */
  readonly readFile?: ((path: string) => Promise<Uint8Array>) | undefined;
}

/**
 * The bytes to send: inline text as UTF-8 with its own line ends, or a file as it is.
 * @throws {Failure} `value.unreadable-file`, `policy.path-outside-workspace`, and those of reading a secret
 */
export async function buildBody(
  body: BodyTemplate,
  files: BodyFiles,
  secrets: SecretReader,
): Promise<Uint8Array | undefined> {
  if (body.kind === "none") return undefined;
  if (body.kind === "inline")
    return Buffer.from(
      fill(body.content, (secret) => secrets.read(secret)),
      "utf8",
    );
  const shown = shownTemplate(body.path);
  const path = resolve(
    dirname(files.requestFile),
    fill(body.path, (secret) => secrets.read(secret)),
  );
  try {
    const [file, root] = await Promise.all([realpath(path), realpath(files.root)]);
    if (!isInside(root, file)) throw outside(shown, files.root, body.location);
    // A pipe or device would never end.
    if (!(await stat(file)).isFile()) throw unreadable(shown, path, files, body.location, "it is not a regular file");
    return await (files.readFile ?? readFromDisk)(file);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw unreadable(shown, path, files, body.location, reasonOf(error));
  }
}

function isInside(root: string, file: string): boolean {
  const path = relative(root, file);
  return !isAbsolute(path) && path.split(sep)[0] !== "..";
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

function unreadable(shown: string, path: string, files: BodyFiles, location: SourceLocation, reason: string): Failure {
  return new Failure({
    code: "value.unreadable-file",
    title: `The body file ${shown} cannot be read`,
    detail: `${shownFile(files.root, path)} is the body of this request, but ${reason}. Nothing was sent.`,
    fix: 'Correct the path behind "<": it starts at the folder of this file.',
    location,
  });
}

function outside(shown: string, root: string, location: SourceLocation): Failure {
  return new Failure({
    code: "policy.path-outside-workspace",
    title: `The body file ${shown} is outside the workspace`,
    detail: `A request file may only send files of its own workspace folder, ${root}, also after following symbolic links. Nothing was read or sent.`,
    fix: "Copy the file into the workspace folder, or open the folder that holds both.",
    location,
  });
}
