import { isIP } from "node:net";
import { defaultPath, domainMatch, getPublicSuffix, type Cookie as ParsedCookie, parse } from "tough-cookie";
import { isHostName } from "../../common/host-name.ts";
import type { Cookie } from "./cookie.ts";

/** What a `Set-Cookie` field says. */
export interface SetCookie {
  readonly name: string;
  readonly cookie: Cookie | undefined;
  /** Why no jar may take it; undefined for one that may be kept. */
  readonly refusal: string | undefined;
}

/** Of name and value together, as in RFC 6265bis §5.6. */
const largestCookie = 4096;
/** Of the field: attributes have 1024 each there. */
const largestField = 8192;
const longestPath = 1024;

/** RFC 6265bis §5.5: whatever a server says, a cookie is not kept for longer. */
const longestLife = 400 * 24 * 60 * 60 * 1000;

/** Not the tab. */
const controls = /(?!\t)\p{Cc}/u;

/**
 * Reads a field value (RFC 6265 §5.2) and holds it to the rules for its host. `value`: as received, in Latin-1. The
 * server is not trusted: never throws.
 */
export function readSetCookie(value: string, url: URL, now: number): SetCookie {
  const [pair = ""] = value.split(";", 1);
  const equals = pair.indexOf("=");
  const written = pair.slice(0, Math.max(equals, 0)).trim();
  // Never a part of one: it may hold a secret, which would not be recognised.
  const name = (written.length <= largestCookie && utf8(written)) || "";
  const refused = (refusal: string): SetCookie => ({ name, cookie: undefined, refusal });
  if (controls.test(value)) return refused("it holds control characters");
  if (value.length > largestField || pair.length > largestCookie) return refused("it is larger than 4096 bytes");
  if (equals < 0 || name === "") return refused("it has no name");
  const text = utf8(value);
  if (text === undefined) return refused("it is not written in UTF-8");
  const parsed = read(text);
  if (!parsed) return refused("it cannot be read");
  const domain = readDomain(parsed.domain, hostOf(url));
  const cookie: Cookie = {
    name: parsed.key,
    value: parsed.value,
    ...domain,
    path: parsed.path && parsed.path.length <= longestPath ? parsed.path : defaultPath(url.pathname),
    expires: expiryOf(parsed, now),
    secure: parsed.secure,
    httpOnly: parsed.httpOnly,
    sameSite: parsed.sameSite as Cookie["sameSite"],
    partitioned: (parsed.extensions ?? []).some((extension) => extension.toLowerCase() === "partitioned"),
  };
  const refusal = domainRefusal(cookie, hostOf(url)) ?? secureRefusal(cookie, url) ?? prefixRefusal(cookie, parsed);
  return { name: cookie.name, cookie, refusal };
}

/** The host as cookies compare it: an IPv6 address without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

/**
 * The name that whoever runs the host has registered, or the host itself where there is none: hosts of one site belong
 * together (RFC 6265bis §5.2).
 */
export function siteOf(host: string): string {
  return (isIP(host) === 0 && registeredName(host)) || host;
}

function read(text: string): ParsedCookie | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** Fields come as Latin-1. Undefined for bytes that would be others when they are sent back. */
function utf8(value: string): string | undefined {
  const text = Buffer.from(value, "latin1").toString("utf8");
  return text.includes("\ufffd") ? undefined : text;
}

/** A `Domain` that is the host itself and no registered name is for this host alone (RFC 6265bis §5.7). */
function readDomain(domain: string | null, host: string): Pick<Cookie, "domain" | "hostOnly"> {
  if (!domain) return { domain: host, hostOnly: true };
  const hostOnly = domain === host && (isIP(host) !== 0 || registeredName(host) === undefined);
  return { domain, hostOnly };
}

function domainRefusal({ domain, hostOnly }: Cookie, host: string): string | undefined {
  if (hostOnly) return undefined;
  if (!isHostName(domain)) return "its Domain is no host name";
  if (isIP(domain) === 0 && registeredName(domain) === undefined) return `${domain} is a public suffix`;
  return domainMatch(host, domain, false) ? undefined : `it is for ${domain}, and ${host} may not set it`;
}

/** Undefined for a public suffix (publicsuffix.org); names of one label belong to nobody either. */
function registeredName(host: string): string | undefined {
  if (!host.includes(".")) return undefined;
  return getPublicSuffix(host, { allowSpecialUseDomain: true, ignoreError: true });
}

function secureRefusal({ secure }: Cookie, { protocol }: URL): string | undefined {
  return secure && protocol !== "https:" ? "it is Secure, and plain http sets no such cookie" : undefined;
}

/** RFC 6265bis §4.1.3: names that promise what the attributes must keep. */
const prefixes: readonly {
  readonly prefix: string;
  readonly needs: string;
  readonly holds: (cookie: Cookie, written: ParsedCookie) => boolean;
}[] = [
  { prefix: "__secure-", needs: "Secure", holds: ({ secure }) => secure },
  {
    prefix: "__host-",
    needs: "Secure, Path=/ and no Domain",
    holds: ({ secure, hostOnly }, { path }) => secure && hostOnly && path === "/",
  },
];

function prefixRefusal(cookie: Cookie, written: ParsedCookie): string | undefined {
  const rule = prefixes.find(({ prefix }) => cookie.name.toLowerCase().startsWith(prefix));
  if (!rule || rule.holds(cookie, written)) return undefined;
  return `a name that begins with ${cookie.name.slice(0, rule.prefix.length)} needs ${rule.needs}`;
}

/** `Max-Age` before `Expires`; neither, or one that cannot be read: until the session ends. */
function expiryOf({ maxAge, expires }: ParsedCookie, now: number): number | undefined {
  const latest = now + longestLife;
  if (maxAge !== null) return Math.min(Number(maxAge) <= 0 ? 0 : now + Number(maxAge) * 1000, latest);
  return expires instanceof Date ? Math.min(expires.getTime(), latest) : undefined;
}
