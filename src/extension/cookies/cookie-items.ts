import type { KeptCookieView } from "../../protocol/cookie-view.ts";
import { plain } from "../text.ts";

export interface CookieItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly cookie: KeptCookieView;
}

export interface CookieGroup {
  /** The heading: `api.example.com · dev`. */
  readonly title: string;
  readonly items: readonly CookieItem[];
}

/**
 * The list of kept cookies by host and environment, without a value. The texts are those of servers. `nameOf`: of a
 * workspace folder, where there is more than one.
 */
export function cookieGroups(cookies: readonly KeptCookieView[], nameOf: (root: string) => string): CookieGroup[] {
  const roots = new Set(cookies.map(({ root }) => root));
  const groups = new Map<string, CookieItem[]>();
  for (const cookie of cookies.toSorted(byPlace)) {
    const { domain, environment, root } = cookie;
    const place = [domain, environment || "no environment", roots.size > 1 && nameOf(root)];
    const title = plain(place.filter(Boolean).join(" · "), 120);
    groups.set(title, [...(groups.get(title) ?? []), cookieItem(cookie)]);
  }
  return [...groups].map(([title, items]) => ({ title, items }));
}

function cookieItem(cookie: KeptCookieView): CookieItem {
  const { name, path, expires, hostOnly, secure, httpOnly, sameSite, partitioned, size, secrets } = cookie;
  const facts = [
    expires === null ? "session cookie" : `until ${new Date(expires).toLocaleString()}`,
    hostOnly ? "this host only" : "subdomains too",
    secure && "Secure",
    httpOnly && "HttpOnly",
    sameSite && `SameSite=${sameSite.charAt(0).toUpperCase()}${sameSite.slice(1)}`,
    partitioned && "Partitioned",
    `${size} bytes`,
    secrets.length > 0 && `holds ${secrets.join(", ")}`,
  ];
  return {
    label: plain(name, 60),
    description: plain(path, 60),
    detail: plain(facts.filter(Boolean).join(" · "), 200),
    cookie,
  };
}

function byPlace(a: KeptCookieView, b: KeptCookieView): number {
  const key = ({ root, environment, domain, path, name }: KeptCookieView) => [root, domain, environment, path, name];
  const [first, second] = [key(a), key(b)];
  const at = first.findIndex((part, index) => part !== second[index]);
  return at < 0 ? 0 : (first[at] ?? "") < (second[at] ?? "") ? -1 : 1;
}
