import type {
  CookieFactsView,
  CookiesView,
  KeptCookieView,
  ReceivedCookieView,
} from "../../src/protocol/cookie-view.ts";

/** Complete values for the tests of what is shown; each takes what its test is about. */

export function cookieFacts(changes: Partial<CookieFactsView> = {}): CookieFactsView {
  return {
    name: "sid",
    value: "••••••",
    domain: "api.example.com",
    hostOnly: true,
    path: "/",
    expires: null,
    secure: true,
    httpOnly: true,
    sameSite: "lax",
    partitioned: false,
    size: 35,
    ...changes,
  };
}

export function receivedCookie(changes: Partial<ReceivedCookieView> = {}): ReceivedCookieView {
  const { name = "sid" } = changes;
  return { header: 0, name, cookie: cookieFacts({ name }), outcome: "kept", reason: null, ...changes };
}

export function cookies(changes: Partial<CookiesView> = {}): CookiesView {
  return { sent: [], withheld: [], received: [], ...changes };
}

export function keptCookie(changes: Partial<KeptCookieView> = {}): KeptCookieView {
  const { value: _, ...facts } = cookieFacts();
  return { ...facts, id: "cookie-1", root: "/project", environment: "dev", secrets: [], ...changes };
}
