import { constants } from "node:fs";
import { chmod, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type HistoryEntry, isHistoryEntry } from "./history-entry.ts";

const fileName = "history.jsonl";
/** A file that could not be read is kept under this name, until the next one or until the history is cleared. */
const asideName = "history.unreadable";
const temporaryName = "history.tmp";

/** The first line; another version is not read. */
const heading = JSON.stringify({ padlock: "history", version: 1 });

/** In bytes; more than the history's own limit could ever give. */
const largest = 128 * 1024 * 1024;

/** The one file of the history: JSON, an entry a line, the oldest first. */
export class HistoryFile {
  readonly #folder: string;

  /** `folder`: absolute, the extension's own; made when it is needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * The entries as JSON texts, each of them checked. A file that is not ours, or broken, is set aside.
   * @returns none where there is no file; undefined where one was set aside
   */
  async read(): Promise<string[] | undefined> {
    try {
      const text = await this.#text();
      if (text === undefined) return [];
      const entries = entriesOf(text);
      if (entries) return entries;
    } catch {
      // Unreadable, whatever the reason.
    }
    await rename(this.#path(fileName), this.#path(asideName));
    return undefined;
  }

  /** In one step: whoever looks sees the old file or the new one, and only its owner can read it. */
  async write(entries: readonly string[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await chmod(this.#folder, 0o700);
    const temporary = this.#path(temporaryName);
    await rm(temporary, { force: true });
    // "x": made here, so it is no link and has our mode.
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(`${[heading, ...entries].join("\n")}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, this.#path(fileName));
  }

  /** Also what was set aside. */
  async delete(): Promise<void> {
    for (const name of [fileName, asideName, temporaryName]) await rm(this.#path(name), { force: true });
  }

  async #text(): Promise<string | undefined> {
    const handle = await open(this.#path(fileName), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(absent);
    if (!handle) return undefined;
    try {
      const entry = await handle.stat();
      if (!entry.isFile() || entry.size > largest) throw new Error("not a file of ours");
      return await handle.readFile("utf8");
    } finally {
      await handle.close();
    }
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

/** Undefined for what we did not write. @throws {SyntaxError} for a line that is not JSON */
function entriesOf(text: string): string[] | undefined {
  const [first, ...lines] = text.split("\n");
  if (first !== heading || lines.pop() !== "") return undefined;
  return lines.every((line) => isHistoryEntry(JSON.parse(line))) ? lines : undefined;
}

/** @throws for what `isHistoryEntry` refuses */
export function entryOf(text: string): HistoryEntry {
  const value: unknown = JSON.parse(text);
  if (!isHistoryEntry(value)) throw new TypeError("not an entry of the history");
  return value;
}
