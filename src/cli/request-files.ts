import { readFile, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { err, ok, type Result } from "../common/result.ts";
import { decodeUtf8, type InvalidUtf8 } from "../common/utf8.ts";
import { parse } from "../syntax/index.ts";
import type { RequestFile } from "../syntax/nodes.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { findRequestFiles, isRequestFile } from "./find-files.ts";
import { unreadable } from "./unreadable.ts";

export interface LoadedFile {
  /** As given on the command line, for messages. */
  readonly shown: string;
  /** Absolute. */
  readonly path: string;
  readonly parsed: RequestFile;
}

export interface LoadedFiles {
  readonly files: readonly LoadedFile[];
  /** One for each path that could not be found or read. */
  readonly problems: readonly Diagnostic[];
}

/** Finds, reads and parses the request files that the paths name. */
export async function loadRequestFiles(paths: readonly string[], cwd: string): Promise<LoadedFiles> {
  const found = await findRequestFiles(paths, cwd);
  const files: LoadedFile[] = [];
  const problems = [...found.problems];
  // One after the other: a folder may hold more files than a process may open.
  for (const given of found.files) {
    const loaded = await loadRequestFile(given, cwd);
    if (loaded.ok) files.push(loaded.value);
    else problems.push(loaded.error);
  }
  return { files, problems };
}

/** A byte order mark is dropped, as editors do. */
async function loadRequestFile(given: string, cwd: string): Promise<Result<LoadedFile, Diagnostic>> {
  const path = resolve(cwd, given);
  let bytes: Uint8Array;
  try {
    if (isRequestFile(path) && !isRequestFile(await realpath(path))) return err(linked(given));
    bytes = await readFile(path);
  } catch (error) {
    return err(unreadable(given, error));
  }
  const text = decodeUtf8(bytes);
  return text.ok ? ok({ shown: given, path, parsed: parse(text.value) }) : err(notUtf8(given, text.error, bytes));
}

/** Its lines would be shown as mistakes, in a log too, whatever the file is that a repository's link leads to. */
function linked(given: string): Diagnostic {
  return {
    code: "value.unreadable-file",
    title: `${given} is no request file`,
    path: given,
    detail: "It is a symbolic link to a file whose name does not end with .https, .http or .rest.",
    fix: "Remove the link, or let it lead to a request file.",
  };
}

function notUtf8(given: string, { offset, line, column, byte }: InvalidUtf8, bytes: Uint8Array): Diagnostic {
  const value = `0x${byte.toString(16).padStart(2, "0").toUpperCase()}`;
  const isUtf16 = offset === 0 && [0xfffe, 0xfeff].includes((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0));
  return {
    code: "value.unreadable-file",
    title: `${given} is not UTF-8 text`,
    detail: `The byte at offset ${offset} (${value}), in line ${line}, is not valid UTF-8, so what the file says cannot be known for certain.${isUtf16 ? " It looks like UTF-16." : ""}`,
    fix: "Save the file as UTF-8 and run the command again.",
    location: { file: given, line, column },
  };
}
