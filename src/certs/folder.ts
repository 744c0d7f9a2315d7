import { lstat, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { err, ok, type Result } from "../common/result.ts";
import { gitStatus } from "../settings/git-ignored.ts";
import { checkPath, NotWritten, readAllowedFile, replaceFile, shownFile, writeNewFile } from "../settings/index.ts";
import type { Problem } from "./problem.ts";

/** Where the files of certificates are, and from where their paths are shown. */
export interface Place {
  /** Absolute; made as needed. */
  readonly folder: string;
  /** The folder that it has to lie in after symbolic links are followed; undefined for a place that a person chose. */
  readonly within: string | undefined;
  /** The folder that paths in the settings start from; absolute. */
  readonly root: string;
}

export interface NewFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Holds a private key: for its owner alone. */
  readonly isPrivate: boolean;
}

/** In MB: certificates and keys have a few KB. */
const largest = 1;

/** A folder for certificates and keys on this machine: its owner's alone, and not for Git. */
export class CertificateFolder {
  /** Absolute, without symbolic links. */
  readonly path: string;
  readonly #root: string;

  private constructor(path: string, root: string) {
    this.path = path;
    this.#root = root;
  }

  static async open({ folder, within, root }: Place): Promise<Result<CertificateFolder, Problem>> {
    const checked = await checkPath(folder, within === undefined ? undefined : [within]);
    const shown = shownFile(root, folder);
    if (checked.kind === "allowed") return ok(new CertificateFolder(checked.path, root));
    const why = checked.kind === "outside" ? `It leads to ${checked.path}, outside of ${within}` : checked.reason;
    return err({
      kind: "refused",
      title: `Nothing is written to ${shown}`,
      detail: `The folder cannot be used: ${why}.`,
      fix: "Name another folder. One outside of the current folder has to be named by its absolute path.",
    });
  }

  /** As a person would write the path of a file of this folder in the settings. */
  shown(name: string): string {
    return shownFile(this.#root, join(this.path, name));
  }

  async names(): Promise<readonly string[]> {
    return (await readdir(this.path).catch((): string[] => [])).sort();
  }

  /** Undefined where there is no such file; the reason where it cannot be read. */
  async read(name: string): Promise<Result<string, string> | undefined> {
    const read = await readAllowedFile(join(this.path, name), [this.path], largest);
    if (read.kind === "read") return ok(read.bytes.toString("utf8"));
    if (read.kind === "outside") return err("it is a link to a file of another folder");
    return read.isMissing ? undefined : err(read.reason);
  }

  /**
   * Writes all of the files or, without `force`, none where one is there already. Each is put into its place as a whole.
   * @returns the names of the files that were written, `.gitignore` among them where there was none
   */
  async write(files: readonly NewFile[], force: boolean): Promise<Result<readonly string[], Problem>> {
    try {
      const before = await this.names();
      const taken = files.filter(({ name }) => before.includes(name)).map(({ name }) => this.shown(name));
      if (taken.length > 0 && !force) return err(alreadyThere(taken));
      await mkdir(this.path, { recursive: true, mode: 0o700 });
      // Before the first key: Git never sees one.
      const rules = await this.#writeGitRules(before);
      const written = await this.#writeAll(files, force);
      return written.ok ? ok([...written.value, ...rules]) : written;
    } catch (error) {
      return err(this.#notWritten(error));
    }
  }

  /** What to do so that Git leaves out the private keys; undefined where it does. */
  async gitWarning(name: string): Promise<string | undefined> {
    if ((await gitStatus(join(this.path, name))) !== "not-ignored") return undefined;
    return `Git does not ignore ${this.shown(name)}. Add these lines to ${this.shown(".gitignore")}: ${keyRules.join(" ")}`;
  }

  async #writeAll(files: readonly NewFile[], force: boolean): Promise<Result<readonly string[], Problem>> {
    const written: string[] = [];
    for (const { name, content, isPrivate } of files) {
      const path = join(this.path, name);
      const bytes = Buffer.from(content);
      const mode = isPrivate ? 0o600 : 0o644;
      if (force) await replaceFile(path, bytes, mode);
      else if (!(await writeNewFile(path, bytes, mode))) {
        for (const own of written) await rm(join(this.path, own), { force: true });
        return err(alreadyThere([this.shown(name)]));
      }
      written.push(name);
    }
    return ok(written);
  }

  async #writeGitRules(before: readonly string[]): Promise<string[]> {
    const name = ".gitignore";
    if (await lstat(join(this.path, name)).catch(() => undefined)) return [];
    const rules = before.length === 0 ? folderRules : keyRules;
    const text = `# Keys and certificates of this machine, made by Padlock.\n${rules.join("\n")}\n`;
    return (await writeNewFile(join(this.path, name), Buffer.from(text), 0o644)) ? [name] : [];
  }

  #notWritten(error: unknown): Problem {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    const reason = error instanceof NotWritten ? error.message : (reasons[code] ?? `the system says ${code}`);
    return {
      kind: "refused",
      title: `Cannot write to ${shownFile(this.#root, this.path)}`,
      detail: `The files were not written: ${reason}.`,
      fix: "Make room for them there, or name another folder.",
    };
  }
}

/** For a folder of our own. The authorities of other hosts are public, and the settings that name them are shared. */
const folderRules = ["*", "!.gitignore", "!*-ca.pem"];
/** For a folder that holds other files too. */
const keyRules = ["*-key.pem", "*.p12", "ca.pem", "server-*.pem", "client-*.pem"];

const reasons: Readonly<Record<string, string>> = {
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EROFS: "the disk may only be read",
  ENOSPC: "the disk is full",
  EDQUOT: "your share of the disk is used up",
  ENOTDIR: "a part of its path is not a folder",
  EEXIST: "a part of its path is not a folder",
};

function alreadyThere(files: readonly string[]): Problem {
  const are = files.length === 1 ? "is" : "are";
  return {
    kind: "exists",
    title: `${files.join(" and ")} ${are} there already`,
    detail: "Nothing was written.",
    fix: "Choose another name or folder, or say --force to replace what is there.",
  };
}
