import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { err, ok, type Result } from "../common/result.ts";
import { parse } from "../syntax/index.ts";
import type { RequestFile } from "../syntax/nodes.ts";
import type { Diagnostic } from "./diagnostic.ts";

export interface LoadedFile {
  /** As given on the command line, for messages. */
  readonly shown: string;
  /** Absolute. */
  readonly path: string;
  readonly parsed: RequestFile;
}

/** Reads and parses a request file; a byte order mark is dropped, as editors do. */
export async function loadRequestFile(given: string, cwd: string): Promise<Result<LoadedFile, Diagnostic>> {
  const path = resolve(cwd, given);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return err(unreadable(given, error));
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return ok({ shown: given, path, parsed: parse(text) });
  } catch {
    return err({
      code: "value.unreadable-file",
      title: `${given} is not UTF-8 text`,
      detail: "The file holds bytes that are not valid UTF-8, so what it says cannot be known for certain.",
      fix: "Save the file as UTF-8 and run the command again.",
    });
  }
}

interface Reason {
  readonly detail: string;
  readonly fix: string;
}

const reasons: Readonly<Record<string, Reason>> = {
  ENOENT: { detail: "There is no such file.", fix: "Check the path; it starts from the current folder." },
  ENOTDIR: { detail: "A part of the path is a file, not a folder.", fix: "Check the path." },
  EISDIR: { detail: "It is a folder.", fix: "Name the request files in it." },
  EACCES: { detail: "This user may not read it.", fix: "Change the permissions of the file or of its folder." },
  EPERM: { detail: "This user may not read it.", fix: "Change the permissions of the file or of its folder." },
};

function unreadable(given: string, error: unknown): Diagnostic {
  const systemCode = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  const reason = reasons[systemCode] ?? { detail: `The system says ${systemCode}.`, fix: "Check the file." };
  return { code: "value.unreadable-file", title: `Cannot read the request file ${given}`, ...reason };
}
