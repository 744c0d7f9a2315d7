import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * The folder for the bodies of one session: made at the first need, readable by its owner alone, gone with the session.
 * Its name begins with the id of its process, so that a later one knows what a crash has left behind.
 */
export class BodyFolder {
  readonly #base: string | undefined;
  #making: Promise<string> | undefined;
  #path: string | undefined;
  readonly #removeNow = () => {
    if (this.#path) rmSync(this.#path, { recursive: true, force: true });
  };

  /** @param base absolute; a temporary folder of the system where it is undefined */
  constructor(base: string | undefined) {
    this.#base = base;
  }

  path(): Promise<string> {
    this.#making ??= this.#make();
    return this.#making;
  }

  async remove(): Promise<void> {
    const path = await this.#making?.catch(() => undefined);
    this.#making = undefined;
    this.#path = undefined;
    process.off("exit", this.#removeNow);
    if (path) await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }

  async #make(): Promise<string> {
    const path = await this.#newFolder();
    this.#path = path;
    // A process that ends without closing the engine, as after a second Ctrl+C.
    process.on("exit", this.#removeNow);
    return path;
  }

  async #newFolder(): Promise<string> {
    if (this.#base === undefined) return mkdtemp(join(tmpdir(), "padlock-bodies-"));
    await mkdir(this.#base, { recursive: true, mode: 0o700 });
    const path = join(this.#base, `${process.pid}-${randomBytes(8).toString("hex")}`);
    await mkdir(path, { mode: 0o700 });
    return path;
  }
}
