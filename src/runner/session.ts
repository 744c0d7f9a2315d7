import { largestInMemory } from "../common/body-limits.ts";
import { beginningOf } from "../common/request-body.ts";
import type { KnownExchange } from "../resolve/values/sources.ts";
import type { Exchange } from "./exchange.ts";
import { knownExchange } from "./known-exchange.ts";

export interface SessionKey {
  /** "" for none: what one environment answered is nothing for another. */
  readonly environment: string;
  /** Absolute, without symbolic links. */
  readonly file: string;
  /** The request's. */
  readonly name: string;
}

export interface SessionEntry {
  readonly known: KnownExchange;
  /** The block as it was when it was sent: one that was changed since has not answered yet. */
  readonly source: string;
}

export interface SessionLimits {
  readonly entries: number;
  /** Of all kept bodies together. */
  readonly bytes: number;
}

const defaultLimits: SessionLimits = { entries: 200, bytes: 50 * 1024 * 1024 };

interface Kept extends SessionEntry {
  readonly key: SessionKey;
  readonly size: number;
}

/** The last exchange of each named request that was answered, in memory only and bounded: the oldest give way. */
export class Session {
  readonly #limits: SessionLimits;
  /** In the order of their sending, the last one at the end. */
  readonly #kept = new Map<string, Kept>();
  /** For each file that a request was sent from: the files whose requests it can name, its own first. */
  readonly #reach = new Map<string, readonly string[]>();
  #size = 0;

  constructor(limits: SessionLimits = defaultLimits) {
    this.#limits = limits;
  }

  find(key: SessionKey): SessionEntry | undefined {
    return this.#kept.get(textOf(key));
  }

  /** The last exchange of a request that `file` can name, of whichever environment. */
  latest(file: string, name: string): SessionEntry | undefined {
    for (const reached of this.#reach.get(file) ?? [file]) {
      const found = [...this.#kept.values()].findLast(({ key }) => key.file === reached && key.name === name);
      if (found) return found;
    }
    return undefined;
  }

  /** `path`: as the request file is known to who asks with `latest`. `files`: without symbolic links, its own first. */
  noteReach(path: string, files: readonly string[]): void {
    this.#reach.delete(path);
    this.#reach.set(path, files);
    for (const [oldest] of this.#reach) {
      if (this.#reach.size <= this.#limits.entries) break;
      this.#reach.delete(oldest);
    }
  }

  /** Takes the place of the request's exchange before; one without a response changes nothing. */
  remember(key: SessionKey, source: string, exchange: Exchange): void {
    const known = knownExchange(exchange);
    if (!known) return;
    this.#forget(textOf(key));
    const size = keptBytes(exchange);
    this.#kept.set(textOf(key), { key, known, source, size });
    this.#size += size;
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= this.#limits.entries && this.#size <= this.#limits.bytes) break;
      this.#forget(oldest);
    }
  }

  #forget(text: string): void {
    this.#size -= this.#kept.get(text)?.size ?? 0;
    this.#kept.delete(text);
  }
}

function textOf({ environment, file, name }: SessionKey): string {
  return JSON.stringify([environment, file, name]);
}

function keptBytes({ request, outcome }: Exchange): number {
  const bodies = [
    request?.body && beginningOf(request.body),
    outcome.kind === "response" ? outcome.response.body : undefined,
  ];
  const sizes = bodies.map((body) => body?.length ?? 0).filter((size) => size <= largestInMemory);
  return sizes.reduce((sum, size) => sum + size, 0);
}
