import { type HistoryEntry, historyEntry } from "./history-entry.ts";
import { entryOf, type HistoryFile } from "./history-file.ts";

/** What the history needs of VS Code; asked each time, as a setting or the trust can change. */
export interface HistoryPorts {
  /** In Restricted Mode no file is read or written. */
  isTrusted(): boolean;
  /** Has the person, and not a workspace, asked to keep the history on the disk? */
  isPersistent(): boolean;
  /** Entries. */
  limit(): number;
  /** For the log. */
  onProblem(text: string): void;
}

/** In UTF-16 units, of all entries together. */
const maxSize = 16 * 1024 * 1024;

/** Milliseconds: several exchanges in a row are written once. */
const writeDelay = 300;

/** The last exchanges of the window, redacted as they were shown: in memory, and in a file where the person wants it. */
export class History {
  readonly #file: HistoryFile;
  readonly #ports: HistoryPorts;
  /** JSON, the oldest first: small, and ready to be written. */
  #texts: string[] = [];
  #isLoaded = false;
  #timer: NodeJS.Timeout | undefined;
  /** What is done with the file, one after another. */
  #pending: Promise<void> = Promise.resolve();

  constructor(file: HistoryFile, ports: HistoryPorts) {
    this.#file = file;
    this.#ports = ports;
  }

  add(entry: HistoryEntry): void {
    const kept = historyEntry(entry);
    if (!kept) return;
    this.#texts.push(JSON.stringify(kept));
    this.#trim();
    this.#writeSoon();
  }

  /** The newest first. */
  async entries(): Promise<HistoryEntry[]> {
    await this.#then(() => this.#load());
    return this.#texts.map(entryOf).reverse();
  }

  /** Forgets all, also on the disk. */
  async clear(): Promise<void> {
    this.#texts = [];
    await this.#deleteFile();
  }

  /** To be called at the start and when a setting has changed: a file that is not wanted any more is deleted. */
  async settingsChanged(): Promise<void> {
    this.#trim();
    if (!this.#ports.isPersistent()) return this.#deleteFile();
    if (this.#texts.length > 0) this.#writeSoon();
  }

  /** Writes at once what is still to be written. */
  async flush(): Promise<void> {
    if (this.#timer) await this.#write();
    await this.#pending;
  }

  #writeSoon(): void {
    if (!this.#usesFile()) return;
    this.#timer ??= setTimeout(() => void this.#write(), writeDelay);
  }

  async #write(): Promise<void> {
    this.#stopTimer();
    await this.#then(async () => {
      if (!this.#usesFile()) return;
      await this.#load();
      await this.#file.write(this.#texts);
    });
  }

  async #deleteFile(): Promise<void> {
    this.#stopTimer();
    await this.#then(async () => {
      await this.#file.delete();
      // What is to be kept from now on has nothing to be joined with.
      this.#isLoaded = true;
    });
  }

  /** Puts what an earlier window has kept before what this one has. */
  async #load(): Promise<void> {
    if (this.#isLoaded || !this.#usesFile()) return;
    this.#isLoaded = true;
    const earlier = await this.#file.read();
    if (!earlier) this.#ports.onProblem("The history file could not be read; it was set aside beside the new one.");
    this.#texts = [...(earlier ?? []), ...this.#texts];
    this.#trim();
  }

  /** A file that fails is no reason to stop sending: the log says so. */
  #then(action: () => Promise<void>): Promise<void> {
    this.#pending = this.#pending.then(action).catch((error: unknown) => {
      this.#ports.onProblem(`The history file: ${error instanceof Error ? error.message : String(error)}`);
    });
    return this.#pending;
  }

  #usesFile(): boolean {
    return this.#ports.isTrusted() && this.#ports.isPersistent();
  }

  #trim(): void {
    const excess = Math.max(0, this.#texts.length - this.#ports.limit());
    if (excess > 0) this.#texts.splice(0, excess);
    let size = this.#texts.reduce((sum, text) => sum + text.length, 0);
    while (size > maxSize) size -= this.#texts.shift()?.length ?? size;
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
