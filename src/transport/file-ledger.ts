import { createHash } from "node:crypto";
import { type BigIntStats, readFileSync, realpathSync, statSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { checkPath, readAllowedFile } from "../settings/index.ts";
import type { FileReference } from "../settings/tls-profile.ts";
import { missingFile, outsideFile } from "./identity-failures.ts";

/** In MB: more than all authorities of the world together. */
const largest = 16;

/** In milliseconds. Some disks keep a time to two seconds: what is as new as that may change and look the same. */
const unsettled = 2000;

interface Entry {
  readonly file: FileReference;
  readonly what: string;
  /** Without symbolic links. */
  readonly real: string;
  /** The allowed folders without symbolic links. */
  readonly folders: readonly string[];
  readonly state: string;
  /** Of a file's bytes; undefined for a folder. */
  readonly digest: string | undefined;
  /** False: it was changed so lately that its times do not tell the next change. */
  readonly settled: boolean;
}

interface ReadFile {
  readonly bytes: Buffer;
  readonly entry: Entry;
}

/**
 * In milliseconds. What a file holds is looked at each time, where it lies only after a while: the very same file was
 * allowed when it was read.
 */
const placePause = 100;

/** More than these of one folder are looked at every `memberPause` milliseconds; the folder itself, always. */
const mostMembers = 20;
const memberPause = 2000;

/**
 * Reads the files of an identity and remembers how each of them stood, so that the same identity can be used again for
 * as long as nothing has changed: neither a file, nor a link or folder on the way to it, nor the list of a folder.
 */
export class FileLedger {
  readonly #entries: Entry[] = [];
  /** Of folders that were listed. */
  readonly #members: Entry[] = [];
  #membersSeen = performance.now();
  #placesSeen = performance.now();
  #seen = performance.now();
  readonly #now: () => number;
  readonly #pause: number;

  /**
   * @param now milliseconds, of the same clock as the times of files
   * @param pause in milliseconds: files that had settled are not looked at again so soon
   */
  constructor(now: () => number = Date.now, pause = 0) {
    this.#now = now;
    this.#pause = pause;
  }

  /**
   * The file as it stands in its place at this moment. `what` names the file's part: "private key".
   * @throws {Failure} `identity.file-missing`, `policy.path-outside-workspace`
   */
  async read(file: FileReference, what: string): Promise<Buffer> {
    const { bytes, entry } = await read(file, what, this.#now());
    this.#entries.push(entry);
    return bytes;
  }

  /**
   * The files of a folder that was listed.
   * @throws {Failure} as `read` does
   */
  async readMembers(files: readonly FileReference[], what: string): Promise<readonly Buffer[]> {
    const now = this.#now();
    const members = await Promise.all(
      files.map((file) => (file.folders ? read(file, what, now) : readOwn(file, what, now))),
    );
    this.#members.push(...members.map(({ entry }) => entry));
    return members.map(({ bytes }) => bytes);
  }

  /**
   * The names in a folder, sorted; undefined for what is no folder.
   * @throws {Failure} `policy.path-outside-workspace`
   */
  async list(file: FileReference, what: string): Promise<readonly string[] | undefined> {
    const checked = await checkPath(file.path, file.folders);
    if (checked.kind === "outside") throw outsideFile(file, what, checked);
    if (checked.kind === "unreadable") return undefined;
    const stats = await stat(checked.path, { bigint: true }).catch(() => undefined);
    if (!stats?.isDirectory()) return undefined;
    const names = await readdir(checked.path).catch(() => undefined);
    if (names) this.#entries.push(entryOf(file, what, checked.path, stats, undefined, this.#now()));
    return names?.sort();
  }

  /** Does everything stand as it was read? Costs some microseconds a file; nothing is read but what is very new. */
  async isUnchanged(): Promise<boolean> {
    if (this.wasSeenJustNow) return true;
    this.#seen = performance.now();
    const isInPlace = this.#placeCheck();
    const stands = (entry: Entry) => isAsItWas(entry) && isInPlace(entry);
    return (
      this.#entries.every(stands) &&
      (!this.#areMembersDue() || this.#members.every(stands)) &&
      (this.#isSettled ||
        ((await areUnchanged(this.#entries, this.#now())) && (await areUnchanged(this.#members, this.#now()))))
    );
  }

  /** Did all of it stand as it was, so lately that nobody can have changed it? */
  get wasSeenJustNow(): boolean {
    return performance.now() - this.#seen < this.#pause && this.#isSettled;
  }

  get #isSettled(): boolean {
    return this.#entries.every(({ settled }) => settled) && this.#members.every(({ settled }) => settled);
  }

  #placeCheck(): (entry: Entry) => boolean {
    const now = performance.now();
    if (now - this.#placesSeen < placePause) return () => true;
    this.#placesSeen = now;
    const realFolders = new Map<string, string>();
    return (entry) => liesWhereItLay(entry, realFolders);
  }

  #areMembersDue(): boolean {
    const now = performance.now();
    if (this.#members.length > mostMembers && now - this.#membersSeen < memberPause) return false;
    this.#membersSeen = now;
    return true;
  }
}

/** What is too new to tell is read again, and takes its place once it has settled. */
async function areUnchanged(entries: Entry[], time: number): Promise<boolean> {
  for (const [index, entry] of entries.entries()) {
    if (entry.settled) continue;
    if (entry.digest === undefined) return false;
    const now = await read(entry.file, entry.what, time).catch(() => undefined);
    if (now?.entry.digest !== entry.digest) return false;
    entries[index] = now.entry;
  }
  return true;
}

async function read(file: FileReference, what: string, now: number): Promise<ReadFile> {
  const found = await readAllowedFile(file.path, file.folders, largest);
  if (found.kind === "outside") throw outsideFile(file, what, found);
  if (found.kind === "unreadable") throw missingFile(file, what, found);
  const { bytes, path, stats } = found;
  return { bytes, entry: entryOf(file, what, path, stats, digestOf(bytes), now) };
}

/** A file of the person's own, wherever it lies. A store of authorities has hundreds: the careful way takes too long. */
function readOwn(file: FileReference, what: string, now: number): ReadFile | Promise<ReadFile> {
  try {
    const real = realpathSync.native(file.path);
    const stats = statSync(real, { bigint: true });
    if (!stats.isFile() || stats.size > largest * 1024 * 1024) return read(file, what, now);
    const bytes = readFileSync(real);
    return { bytes, entry: entryOf(file, what, real, stats, digestOf(bytes), now) };
  } catch {
    return read(file, what, now);
  }
}

function digestOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("base64");
}

function entryOf(
  file: FileReference,
  what: string,
  real: string,
  stats: BigIntStats,
  digest: string | undefined,
  now: number,
): Entry {
  const folders = (file.folders ?? []).map((folder) => realFolder(folder, new Map()));
  const settled = Math.max(Number(stats.ctimeMs), Number(stats.mtimeMs)) < now - unsettled;
  return { file, what, real, folders, state: stateOf(stats), digest, settled };
}

function stateOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`;
}

/** Synchronous: the same through the thread pool would take a tenth of a millisecond for each file. */
function isAsItWas({ file, state }: Entry): boolean {
  try {
    return stateOf(statSync(file.path, { bigint: true })) === state;
  } catch {
    return false;
  }
}

function liesWhereItLay({ file, real, folders }: Entry, realFolders: Map<string, string>): boolean {
  try {
    if (realpathSync.native(file.path) !== real) return false;
    return (file.folders ?? []).every((folder, index) => realFolder(folder, realFolders) === folders[index]);
  } catch {
    return false;
  }
}

/** "" for a folder that is not there. */
function realFolder(folder: string, known: Map<string, string>): string {
  const found = known.get(folder);
  if (found !== undefined) return found;
  let real = "";
  try {
    real = realpathSync.native(folder);
  } catch {
    // It allows nothing then.
  }
  known.set(folder, real);
  return real;
}
