import { checkHop } from "../../resolve/check-hop.ts";
import { checkSecret, type Redactor } from "../../secrets/index.ts";
import { behindRedirect, privateInLocation, secretInLocation, type Turn } from "./failures.ts";
import type { Target } from "./location.ts";
import type { HopContext } from "./withhold.ts";

/**
 * A redirect is not followed to another machine without encryption, nor where its target would carry a value there that
 * the host may not get.
 * @throws {Failure} of family `policy`
 */
export function checkTarget(
  { url, written }: Target,
  turn: Turn,
  { settings, home }: HopContext,
  redactor: Redactor,
): void {
  const hop = checkHop(settings, url);
  if (!hop.ok) throw behindRedirect(hop.error, turn, url);
  // As it stands in the header too: a URL parser turns some characters into others.
  const names = [...new Set([...redactor.namesIn(written), ...redactor.namesIn(url.href)])];
  hideHost(url, written, redactor);
  for (const name of names) {
    const allowed = checkSecret(settings, name, url);
    if (!allowed.ok) throw secretInLocation(allowed.error, turn, url, name);
  }
  const path = `${url.pathname}${url.search}`;
  const holdsPrivate = url.origin !== home.origin && redactor.holdsUnnamed(path);
  if (holdsPrivate) throw privateInLocation(turn, url);
}

/** A URL has its host in lower case, in which the redactor does not know a secret that the server made a host of. */
function hideHost({ hostname }: URL, written: string, redactor: Redactor): void {
  const [, authority = ""] = /^(?:[a-z][a-z0-9+.-]*:)?[/\\]*([^/\\?#]*)/i.exec(written) ?? [];
  const names = redactor.namesIn(authority);
  if (names.length > 0) redactor.hide(hostname, hiddenHost, names);
}

const hiddenHost = "••••••";
