import type { KeptCookie } from "./cookie.ts";
import type { CookieJar } from "./jar.ts";

/** What one environment's server has set is nothing for another, nor for another workspace. */
export interface JarPlace {
  /** The workspace folder; absolute. */
  readonly root: string;
  /** "" for none. */
  readonly environment: string;
}

export interface PlacedCookie extends KeptCookie {
  readonly place: JarPlace;
}

/** Which cookies; what is absent does not matter. */
export interface CookieFilter extends Partial<JarPlace> {
  /** Of one cookie. */
  readonly id?: string;
  readonly domain?: string;
}

/** More workspaces and environments than a window has; the one that was not used for longest gives way. */
const mostJars = 30;

/** The jars of this process: never on a disk, gone when it ends. */
export class CookieJars {
  /** In the order of their last use. */
  readonly #jars = new Map<string, { readonly place: JarPlace; readonly jar: CookieJar }>();

  /** Undefined where no response has set a cookie yet. */
  find(place: JarPlace): CookieJar | undefined {
    return this.#jars.get(keyOf(place))?.jar;
  }

  /** The library with the list of public suffixes is loaded with the first cookie. */
  async open(place: JarPlace): Promise<CookieJar> {
    const { CookieJar } = await import("./jar.ts");
    const key = keyOf(place);
    const jar = this.find(place) ?? new CookieJar();
    this.#jars.delete(key);
    this.#jars.set(key, { place, jar });
    for (const [oldest] of this.#jars) {
      if (this.#jars.size <= mostJars) break;
      this.#jars.delete(oldest);
    }
    return jar;
  }

  list(filter: CookieFilter = {}): readonly PlacedCookie[] {
    const now = Date.now();
    return this.#of(filter).flatMap(({ place, jar }) =>
      jar.all(now).flatMap((cookie) => (isMeant(cookie, filter) ? [{ ...cookie, place }] : [])),
    );
  }

  /** @returns how many were forgotten */
  clear(filter: CookieFilter = {}): number {
    const jars = this.#of(filter);
    return jars.reduce((sum, { jar }) => sum + jar.remove((cookie) => isMeant(cookie, filter)), 0);
  }

  #of({ root, environment }: Partial<JarPlace>) {
    return [...this.#jars.values()].filter(
      ({ place }) =>
        (root === undefined || place.root === root) && (environment === undefined || place.environment === environment),
    );
  }
}

function isMeant(cookie: KeptCookie, { id, domain }: CookieFilter): boolean {
  return (id === undefined || cookie.id === id) && (domain === undefined || cookie.domain === domain);
}

function keyOf({ root, environment }: JarPlace): string {
  return JSON.stringify([root, environment]);
}
