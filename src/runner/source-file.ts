import { realpath } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import { decodeUtf8 } from "../common/utf8.ts";
import { createLocate, type Locate } from "../resolve/places.ts";
import {
  allowedFolders,
  isSecretFile,
  outsideFailure,
  readAllowedFile,
  type Settings,
  shownFile,
} from "../settings/index.ts";
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

/** The same without a look at the disk. */
export function unopenedSource(text: string, path: string, root: string): SourceFile {
  return makeSource(path, path, root, parse(text));
}

/** Where request files may name others. */
export type FilePlace = Pick<Settings, "root" | "outsidePaths">;

/** In MB: more than any person writes. */
const largest = 16;

/**
 * Another request file that this one names. Only files inside the workspace folder, or a folder that the person lists,
 * are read, also after symbolic links are followed.
 * @throws {Failure} `value.unreadable-file`, `policy.path-outside-workspace`, at the place of `path`
 */
export async function openSource(path: Span, from: SourceFile, place: FilePlace): Promise<SourceFile> {
  const location = from.locate(path.range);
  const target = resolve(dirname(from.path), path.text);
  const file = await readAllowedFile(target, allowedFolders(place), largest);
  if (file.kind === "unreadable") throw unreadable(path.text, `${capitalized(file.reason)}.`, location);
  // Its lines, read as requests, would be sent or shown.
  const isSecret = isSecretFile(target) || isSecretFile(file.path);
  if (file.kind === "outside") {
    const title = `The request file ${path.text} is outside the workspace`;
    const detail = `A request file may only use files of its own workspace folder, ${place.root}, also after symbolic links are followed. Nothing was read or sent.`;
    throw outsideFailure(file, { title, detail, location }, !isSecret);
  }
  if (isSecret) throw secretFile(path.text, location);
  const text = decodeUtf8(file.bytes);
  if (text.ok) return makeSource(target, file.path, place.root, parse(text.value));
  const { offset, line } = text.error;
  throw unreadable(path.text, `Its byte ${offset}, in line ${line}, is not valid UTF-8.`, location);
}

function makeSource(path: string, realPath: string, root: string, parsed: RequestFile): SourceFile {
  const shown = shownFile(root, path);
  return { path, realPath, shown, parsed, locate: createLocate(parsed.text, shown) };
}

function capitalized(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
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

function secretFile(written: string, location: SourceLocation): Failure {
  return new Failure({
    code: "value.unreadable-file",
    title: `${written} is no request file`,
    detail: "It holds secrets of yours, and its lines would be sent or shown. Nothing was read or sent.",
    fix: "Name a request file. Single values are {{$dotenv NAME}}, and those of environment files {{name}}.",
    location,
  });
}
