import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** A lock that its holder has not touched for this long belongs to a run that was killed. */
const staleAfter = 30_000;
const touchEvery = 5_000;
const pollEvery = 200;

/** The folder that outlives a clone: fetched programs are kept here, so that only the first run pays for them. */
export function cacheFolder(): string {
  const { PADLOCK_CACHE, XDG_CACHE_HOME } = process.env;
  return PADLOCK_CACHE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "padlock");
}

/**
 * The folder `key` of the cache, made by `fill` when it is not there yet. `fill` gets an empty folder with another
 * name, renamed when all is in place: a folder with the final name is always complete. Of two runs that start at once
 * one fills and the other waits.
 */
export async function cached(key: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder(), key);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const lock = `${folder}.lock`;
  while (!(await take(lock))) {
    await delay(pollEvery);
    if (existsSync(folder)) return folder;
    if (await isStale(lock)) await rm(lock, { recursive: true, force: true });
  }
  const touching = setInterval(() => void touch(lock), touchEvery);
  try {
    if (!existsSync(folder)) await fillAndRename(folder, fill);
    return folder;
  } finally {
    clearInterval(touching);
    await rm(lock, { recursive: true, force: true });
  }
}

async function fillAndRename(folder: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const prefix = `${basename(folder)}.partial-`;
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith(prefix)) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
  const partial = join(dirname(folder), prefix + randomUUID());
  await mkdir(partial);
  try {
    await fill(partial);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Another run took over a lock that it held for dead, and was faster: its folder is as good as ours.
    if (!existsSync(folder)) throw error;
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function isStale(lock: string): Promise<boolean> {
  const found = await stat(lock).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > staleAfter;
}

async function touch(lock: string): Promise<void> {
  const now = new Date();
  await utimes(lock, now, now).catch(() => undefined);
}
