import { domainMatch, pathMatch } from "tough-cookie";
import type { Cookie, CookieSecrets, KeptCookie } from "./cookie.ts";
import { hostOf, readSetCookie, type SetCookie, siteOf } from "./set-cookie.ts";

export interface JarLimits {
  /** Cookies of one domain. */
  readonly perDomain: number;
  readonly total: number;
}

/** Of browsers (RFC 6265 §6.1 asks for at least 50 and 3000). With the limit of a cookie that is at most 12 MB. */
const defaultLimits: JarLimits = { perDomain: 180, total: 3000 };

/** Which request is asking. */
export interface CookieUser {
  readonly url: URL;
  /** What the request file names. A server that sends the request on to another site is not the person who wrote it. */
  readonly home: URL;
  readonly method: string;
}

interface Entry {
  readonly cookie: KeptCookie;
  /** Of its first setting. */
  readonly order: number;
}

let lastId = 0;

/** The cookies of one workspace and environment, in memory only and bounded: those that were not used for longest give way. */
export class CookieJar {
  readonly #limits: JarLimits;
  /** In the order of their last use. */
  readonly #kept = new Map<string, Entry>();
  /** Their keys by domain, in the same order. */
  readonly #domains = new Map<string, Set<string>>();
  #order = 0;

  constructor(limits: JarLimits = defaultLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#kept.size;
  }

  /** Those that have not expired. */
  all(now: number): readonly KeptCookie[] {
    this.#dropExpired(now);
    return [...this.#kept.values()].map(({ cookie }) => cookie);
  }

  /**
   * The cookies that go along (RFC 6265 §5.4), the longest path first, then the oldest. Ports do not matter, as
   * everywhere else.
   */
  matching({ url, home, method }: CookieUser, now: number): readonly KeptCookie[] {
    this.#dropExpired(now);
    const host = hostOf(url);
    const most = sameSiteContext(host, hostOf(home), method);
    const found = [...this.#kept].filter(
      ([, { cookie }]) =>
        isFor(cookie, host) &&
        pathMatch(url.pathname, cookie.path) &&
        (!cookie.secure || url.protocol === "https:") &&
        sameSiteLevels[cookie.sameSite ?? "none"] <= most,
    );
    for (const [key, entry] of found) this.#put(key, entry);
    const sorted = found.map(([, entry]) => entry);
    sorted.sort((a, b) => b.cookie.path.length - a.cookie.path.length || a.order - b.order);
    return sorted.map(({ cookie }) => cookie);
  }

  /** Takes a cookie in (RFC 6265 §5.3), or says why not. `carried`: what is known of the values of others in it. */
  take(
    field: string,
    url: URL,
    now: number,
    carried: (cookie: Cookie) => CookieSecrets,
  ): SetCookie & { readonly removed: boolean } {
    const read = readSetCookie(field, url, now);
    const { cookie } = read;
    if (!cookie || read.refusal !== undefined) return { ...read, removed: false };
    if (url.protocol !== "https:" && this.#holdsSecure(cookie)) {
      return {
        ...read,
        refusal: "a Secure cookie of this name is kept, which plain http does not replace",
        removed: false,
      };
    }
    const key = JSON.stringify([cookie.domain, cookie.path, cookie.name]);
    const order = this.#kept.get(key)?.order ?? ++this.#order;
    this.#delete(key);
    const removed = cookie.expires !== undefined && cookie.expires <= now;
    if (removed) return { ...read, removed };
    const kept = { ...cookie, id: `cookie-${++lastId}`, origin: url.origin, carried: carried(cookie) };
    this.#put(key, { cookie: kept, order });
    this.#makeRoom(cookie.domain, now);
    return { ...read, removed };
  }

  /** @returns how many there were */
  remove(isMeant: (cookie: KeptCookie) => boolean): number {
    let removed = 0;
    for (const [key, { cookie }] of this.#kept) {
      if (!isMeant(cookie)) continue;
      this.#delete(key);
      removed++;
    }
    return removed;
  }

  /** RFC 6265bis §5.7, "leave secure cookies alone". */
  #holdsSecure({ name, domain, path }: Cookie): boolean {
    return [...this.#kept.values()].some(
      ({ cookie: kept }) =>
        kept.secure &&
        kept.name === name &&
        (domainMatch(domain, kept.domain, false) || domainMatch(kept.domain, domain, false)) &&
        pathMatch(path, kept.path),
    );
  }

  #dropExpired(now: number): void {
    this.remove(({ expires }) => expires !== undefined && expires <= now);
  }

  #makeRoom(domain: string, now: number): void {
    const ofDomain = this.#domains.get(domain) ?? new Set();
    const isFull = () => ofDomain.size > this.#limits.perDomain || this.size > this.#limits.total;
    if (isFull()) this.#dropExpired(now);
    for (const key of ofDomain) {
      if (ofDomain.size <= this.#limits.perDomain) break;
      this.#delete(key);
    }
    for (const [key] of this.#kept) {
      if (this.size <= this.#limits.total) break;
      this.#delete(key);
    }
  }

  /** As the one that was used last. */
  #put(key: string, entry: Entry): void {
    this.#delete(key);
    this.#kept.set(key, entry);
    const { domain } = entry.cookie;
    this.#domains.set(domain, (this.#domains.get(domain) ?? new Set()).add(key));
  }

  #delete(key: string): void {
    const domain = this.#kept.get(key)?.cookie.domain;
    this.#kept.delete(key);
    if (domain === undefined) return;
    const keys = this.#domains.get(domain);
    keys?.delete(key);
    if (keys?.size === 0) this.#domains.delete(domain);
  }
}

function isFor({ domain, hostOnly }: Cookie, host: string): boolean {
  return hostOnly ? domain === host : domainMatch(host, domain, false) === true;
}

const sameSiteLevels = { none: 0, lax: 1, strict: 2 } as const;

/**
 * The strictest `SameSite` that goes along (RFC 6265bis §5.2): a request file is a site of its own, so that its own
 * request gets every cookie; where a server sends the request on to another site, that was a stranger's wish.
 */
function sameSiteContext(host: string, home: string, method: string): number {
  if (host === home || siteOf(host) === siteOf(home)) return sameSiteLevels.strict;
  return ["GET", "HEAD", "OPTIONS", "TRACE"].includes(method) ? sameSiteLevels.lax : sameSiteLevels.none;
}
