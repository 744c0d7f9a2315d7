import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../common/failure.ts";
import type { Redactor } from "../../secrets/index.ts";
import type { BodyStore } from "../../transport/index.ts";
import { BodyFolder } from "./body-folder.ts";
import { RedactedFile } from "./redacted-file.ts";

/** The panel shows the last exchange, and the history a few before it: older large bodies give way. */
const mostFiles = 20;

/** The bodies of a session that are too large for memory. */
export class BodyFiles {
  readonly #folder: BodyFolder;
  readonly #paths: string[] = [];
  #last = 0;

  /** @param base see `EnginePorts.bodyFolder` */
  constructor(base: string | undefined) {
    this.#folder = new BodyFolder(base);
  }

  /** @param redactor asked for when a file is begun: it knows then what the request has sent */
  store(redactor: () => Redactor): BodyStore {
    return {
      create: async () => {
        const file = await RedactedFile.create(await this.#newPath(), redactor());
        this.#paths.push(file.path);
        const oldest = this.#paths.length > mostFiles ? this.#paths.shift() : undefined;
        if (oldest) await rm(oldest, { force: true });
        return file;
      },
    };
  }

  /** Removes all of them. */
  close(): Promise<void> {
    this.#paths.length = 0;
    return this.#folder.remove();
  }

  async #newPath(): Promise<string> {
    try {
      return join(await this.#folder.path(), `${++this.#last}.body`);
    } catch (cause) {
      throw new Failure({
        code: "value.unwritable-file",
        title: "The rest of the response could not be kept",
        detail: "A body that is too large for memory goes into a temporary file, but its folder could not be made.",
        fix: "Make sure that the folder for temporary files can be written to, or ask the server for less.",
        cause,
      });
    }
  }
}
