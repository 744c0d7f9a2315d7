import { X509Certificate } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { err, ok, type Result } from "../common/result.ts";
import { checkPath, NotWritten, readAllowedFile, shownFile, writeNewFile } from "../settings/index.ts";

export interface SavedAuthority {
  /** As the settings name it: relative to the workspace folder. */
  readonly path: string;
  /** Removes the file again; one that was there before stays. */
  undo(): Promise<void>;
}

/** More names than anybody has certificates of one host. */
const mostNames = 100;

/**
 * Writes a certificate into the folder `certs` of a workspace, for everybody who works in it, beside what is there; one
 * that is there already is named once more. The reason, as a full sentence, where it could not be written.
 * `root`: absolute. `host`: of a URL.
 */
export async function saveAuthority(root: string, host: string, pem: string): Promise<Result<SavedAuthority, string>> {
  const folder = await checkPath(join(root, "certs"), [root]);
  const top = await checkPath(root, undefined);
  if (folder.kind !== "allowed" || top.kind !== "allowed") return err("The folder certs is not in the workspace.");
  const stem = host.replace(/[^A-Za-z0-9._-]+/g, "_");
  try {
    await mkdir(folder.path, { recursive: true, mode: 0o700 });
    for (let number = 1; number <= mostNames; number++) {
      const file = join(folder.path, `${stem}${number === 1 ? "" : `-${number}`}-ca.pem`);
      const path = shownFile(top.path, file);
      if (await writeNewFile(file, Buffer.from(pem), 0o644)) {
        return ok({ path, undo: () => rm(file, { force: true }) });
      }
      const found = await readAllowedFile(file, [folder.path], 1);
      if (found.kind === "read" && isSame(found.bytes, pem)) return ok({ path, undo: async () => {} });
    }
    return err(`All names up to ${stem}-${mostNames}-ca.pem are taken in the folder certs.`);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    return err(`The folder certs was not written to: ${error instanceof NotWritten ? error.message : code}.`);
  }
}

function isSame(bytes: Buffer, pem: string): boolean {
  try {
    return new X509Certificate(bytes).fingerprint256 === new X509Certificate(pem).fingerprint256;
  } catch {
    return false;
  }
}
