import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** Removes the folders of bodies whose process is not there any more: it has crashed. Never rejects. */
export async function removeLeftoverBodies(base: string): Promise<void> {
  const names = await readdir(base).catch(() => []);
  for (const name of names) {
    const id = /^(\d+)-[\da-f]{16}$/.exec(name)?.[1];
    if (id === undefined || isRunning(Number(id))) continue;
    await rm(join(base, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // It is there, but another person's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
