import type { Cookie, CookieTraffic, ReceivedCookie } from "../runner/cookies/cookie.ts";
import type { PlacedCookie } from "../runner/cookies/jars.ts";
import type { CookieFactsView, CookiesView, KeptCookieView, ReceivedCookieView } from "./cookie-view.ts";
import type { CredentialMasks } from "./masking/credential-masks.ts";

/** For a view; `cookies` is left out of one that has none. */
export function viewCookies(traffic: CookieTraffic | undefined, masks: CredentialMasks): { cookies?: CookiesView } {
  if (!traffic) return {};
  const { sent, withheld, received } = traffic;
  const cookies = {
    sent: sent.map((cookie) => viewFacts(cookie, masks)),
    withheld: withheld.map(({ name, secrets }) => ({ name: masks.text(name), secrets })),
    received: received.map((cookie) => viewReceived(cookie, masks)),
  };
  return { cookies };
}

/** For the list of a jar: what is known of the secrets in a cookie came with it. */
export function viewKept(cookie: PlacedCookie): KeptCookieView {
  const { id, place, carried } = cookie;
  const redact = (text: string) => carried.redactor?.redact(text) ?? text;
  return { ...factsOf(cookie, redact), id, ...place, secrets: carried.names };
}

function viewReceived(
  { header, name, cookie, outcome, reason }: ReceivedCookie,
  masks: CredentialMasks,
): ReceivedCookieView {
  return {
    header,
    name: masks.text(name),
    cookie: cookie ? viewFacts(cookie, masks) : null,
    outcome,
    reason: reason === undefined ? null : masks.text(reason),
  };
}

function viewFacts(cookie: Cookie, masks: CredentialMasks): CookieFactsView {
  return { ...factsOf(cookie, (text) => masks.text(text)), value: masks.value(cookie.value) };
}

function factsOf(cookie: Cookie, shown: (text: string) => string): Omit<CookieFactsView, "value"> {
  const { name, value, domain, hostOnly, path, expires, secure, httpOnly, sameSite, partitioned } = cookie;
  return {
    name: shown(name),
    domain: shown(domain),
    hostOnly,
    path: shown(path),
    expires: expires === undefined ? null : new Date(expires).toISOString(),
    secure,
    httpOnly,
    sameSite: sameSite ?? null,
    partitioned,
    size: Buffer.byteLength(name) + Buffer.byteLength(value),
  };
}
