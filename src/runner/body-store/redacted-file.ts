import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { Failure } from "../../common/failure.ts";
import { createBodyRedactingStream, type RedactingStream, type Redactor } from "../../secrets/index.ts";
import type { StoredBody } from "../../transport/index.ts";
import { BlockWriter } from "./block-writer.ts";

const newFile = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** A new file, readable by its owner alone. What the redactor knows when it is made never gets into it. */
export class RedactedFile implements StoredBody {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #blocks: BlockWriter;
  readonly #redacting: RedactingStream;
  #isOpen = true;

  /** @throws {Failure} `value.unwritable-file` */
  static async create(path: string, redactor: Redactor): Promise<RedactedFile> {
    try {
      return new RedactedFile(path, await open(path, newFile, 0o600), redactor);
    } catch (error) {
      throw unwritable(error);
    }
  }

  private constructor(path: string, handle: FileHandle, redactor: Redactor) {
    this.path = path;
    this.#handle = handle;
    this.#blocks = new BlockWriter(handle);
    this.#redacting = createBodyRedactingStream(redactor);
  }

  /** @throws {Failure} `value.unwritable-file` */
  write(chunk: Uint8Array): Promise<void> | undefined {
    return this.#blocks.write(this.#redacting.push(chunk))?.catch(rethrow);
  }

  /** @throws {Failure} `value.unwritable-file` */
  async end(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      await this.#blocks.write(this.#redacting.end());
      await this.#blocks.end();
    } catch (error) {
      rethrow(error);
    } finally {
      await this.#handle.close();
    }
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "your share of the disk is used up",
  EROFS: "the disk may only be read",
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  ENOENT: "its folder is gone",
};

function rethrow(error: unknown): never {
  throw unwritable(error);
}

function unwritable(error: unknown): Failure {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return new Failure({
    code: "value.unwritable-file",
    title: "The rest of the response could not be kept",
    detail: `A body that is too large for memory goes into a temporary file, but ${reasons[code] ?? `the system says ${code}`}. The connection was closed.`,
    fix: "Free some space on the disk, or ask the server for less.",
    cause: error,
  });
}
