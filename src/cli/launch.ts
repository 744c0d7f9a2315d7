import { lstatSync, mkdirSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/*
 * What `padlock` starts with. Compiling the program takes longer than one request does, so V8's code of it is kept from
 * run to run. Nothing else is in that folder: no request, no response, no secret.
 */

/** Node keeps what the first run has compiled and never adds to it: each command keeps what it needs itself. */
const commands = ["run", "check", "list", "inspect", "certs"];
const folder = cacheFolder();
// Node 20 has no such cache, and the folder may not be there to be made: then it just takes longer.
if (folder !== undefined) enableCompileCache?.(folder);
void import("./main.ts");

/** Of this person alone: who could write there could run code in place of ours. */
function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const command = commands.find((name) => name === process.argv[2]) ?? "help";
  try {
    const path = join(XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), ".cache"), "padlock", "compiled", command);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const { mode, uid } = lstatSync(path);
    const own = process.getuid?.();
    return own === undefined || (uid === own && (mode & 0o022) === 0) ? path : undefined;
  } catch {
    return undefined;
  }
}
