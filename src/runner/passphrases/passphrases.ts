import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/** The passphrases that a person has typed in this session: in memory only, each for one key file as it is now. */
export class Passphrases {
  readonly #known = new Map<string, string>();

  /** Then no key has to be looked for, which costs to read the file. */
  get isEmpty(): boolean {
    return this.#known.size === 0;
  }

  get(key: string): string | undefined {
    return this.#known.get(key);
  }

  remember(key: string, passphrase: string): void {
    this.#known.set(key, passphrase);
  }

  forget(key: string): void {
    this.#known.delete(key);
  }
}

/** Another one once the file is changed; undefined for a file that cannot be read. `path`: absolute. */
export async function passphraseKey(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes && `${createHash("sha256").update(bytes).digest("hex")} ${path}`;
}
