import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import { decodeUtf8 } from "../common/utf8.ts";
import { createLocate, type Locate } from "../resolve/places.ts";
import { isSecretFile } from "../secrets/index.ts";
import { isInside, shownFile } from "../settings/index.ts";
import { parse, type RequestFile, type Span } from "../syntax/index.ts";

/** A request file that takes part in a run. */
export interface SourceFile {
  /** Absolute, as it is reached: what stands in the file is relative to its folder. */
  readonly path: string;
  /** Without symbolic links: the file's identity. */
  readonly realPath: string;
  /** Relative to the workspace folder, for people. */
  readonly shown: string;
  readonly parsed: RequestFile;
  readonly locate: Locate;
}

/** The file that the request stands in, with the text of the editor. */
export async function sourceOf(text: string, path: string, root: string): Promise<SourceFile> {
  // A file that was never saved has no other path than its own.
  const realPath = await realpath(path).catch(() => path);
  return makeSource(path, realPath, root, parse(text));
}

/**
 * Another request file that this one names. Only files inside the workspace folder are read, also after symbolic links
 * are followed.
 * @throws {Failure} `value.unreadable-file`, `policy.path-outside-workspace`, at the place of `path`
 */
export async function openSource(path: Span, from: SourceFile, root: string): Promise<SourceFile> {
  const location = from.locate(path.range);
  const target = resolve(dirname(from.path), path.text);
  const realPath = await realInside(target, path.text, root, location);
  const text = decodeUtf8(await readFile(realPath).catch((error: unknown) => refuse(path.text, error, location)));
  if (text.ok) return makeSource(target, realPath, root, parse(text.value));
  const { offset, line } = text.error;
  throw unreadable(path.text, `Its byte ${offset}, in line ${line}, is not valid UTF-8.`, location);
}

async function realInside(target: string, written: string, root: string, location: SourceLocation): Promise<string> {
  const [realPath, realRoot] = await Promise.all([realpath(target), realpath(root)]).catch((error: unknown) =>
    refuse(written, error, location),
  );
  if (!isInside(realRoot, realPath)) throw outside(written, root, location);
  // Its lines, read as requests, would be sent or shown.
  if (isSecretFile(target) || isSecretFile(realPath)) throw secretFile(written, location);
  // A pipe or a device would never end.
  const found = await stat(realPath).catch((error: unknown) => refuse(written, error, location));
  if (!found.isFile()) throw unreadable(written, "It is not a file.", location);
  return realPath;
}

function makeSource(path: string, realPath: string, root: string, parsed: RequestFile): SourceFile {
  const shown = shownFile(root, path);
  return { path, realPath, shown, parsed, locate: createLocate(parsed.text, shown) };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "There is no such file.",
  ENOTDIR: "A part of its path is not a folder.",
  EACCES: "You may not read it.",
  EPERM: "You may not read it.",
  ELOOP: "Its symbolic links lead in a circle.",
};

function refuse(written: string, error: unknown, location: SourceLocation): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  throw unreadable(written, reasons[code] ?? `The system says ${code}.`, location);
}

function unreadable(written: string, reason: string, location: SourceLocation): Failure {
  return new Failure({
    code: "value.unreadable-file",
    title: `The request file ${written} cannot be read`,
    detail: `${reason} Nothing was sent.`,
    fix: "Correct the path: it starts at the folder of the file that names it.",
    location,
  });
}

function outside(written: string, root: string, location: SourceLocation): Failure {
  return new Failure({
    code: "policy.path-outside-workspace",
    title: `The request file ${written} is outside the workspace`,
    detail: `A request file may only use files of its own workspace folder, ${root}, also after symbolic links are followed. Nothing was read or sent.`,
    fix: "Copy the file into the workspace folder, or open the folder that holds both.",
    location,
  });
}

function secretFile(written: string, location: SourceLocation): Failure {
  return new Failure({
    code: "value.unreadable-file",
    title: `${written} is no request file`,
    detail: "It holds secrets of yours, and its lines would be sent or shown. Nothing was read or sent.",
    fix: "Name a request file. Single values are {{$dotenv NAME}}, and those of environment files {{name}}.",
    location,
  });
}
