import { link, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Exchange } from "../runner/index.ts";
import { copyBody, redactBody } from "../runner/index.ts";
import type { Redactor } from "../secrets/redactor.ts";

/** Exchanges of which the body of the response can still be saved whole. */
const mostExchanges = 20;
/** Of all of them together, in bytes of memory. */
const mostBytes = 50 * 1024 * 1024;

interface Kept {
  readonly body: Uint8Array;
  readonly file: string | undefined;
  readonly redactor: Redactor;
}

/** The bytes of the last responses, for a person who wants to save one: a view holds text, and only so much of it. */
export class KeptBodies {
  readonly #bodies = new Map<string, Kept>();

  keep({ id, outcome, redactor }: Exchange): void {
    const response = outcome.kind === "response" ? outcome.response : outcome.received;
    if (!response || response.bodySize === 0) return;
    const { body, bodyFile: file } = response;
    this.#bodies.set(id, { body: file === undefined ? body : new Uint8Array(), file, redactor });
    let size = [...this.#bodies.values()].reduce((sum, kept) => sum + kept.body.length, 0);
    for (const [oldest, kept] of this.#bodies) {
      if (this.#bodies.size <= mostExchanges && size <= mostBytes) break;
      size -= kept.body.length;
      this.#bodies.delete(oldest);
    }
  }

  /** See `Engine.saveBody`. */
  async save(exchangeId: string, path: string): Promise<boolean> {
    const kept = this.#bodies.get(exchangeId);
    if (!kept) return false;
    if (kept.file !== undefined) return copyBody(kept.file, path);
    await writeFile(path, redactBody(kept.body, kept.redactor), { mode: 0o600 });
    return true;
  }

  /** See `Engine.bodyFile`. */
  async file(exchangeId: string, name: string): Promise<string | undefined> {
    const file = this.#bodies.get(exchangeId)?.file;
    if (file === undefined) return undefined;
    const folder = join(dirname(file), exchangeId);
    const path = join(folder, name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // A second name of the same file: nothing is copied.
    const isThere = await link(file, path).then(
      () => true,
      (error: unknown) => error instanceof Error && "code" in error && error.code === "EEXIST",
    );
    return isThere ? path : undefined;
  }
}
