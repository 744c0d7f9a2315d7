import type { CookieFactsView, CookiesView, ReceivedCookieView } from "../protocol/cookie-view.ts";

/** What is said of a received cookie, with the icon's colour. */
export function outcomeWords({ outcome, reason }: ReceivedCookieView): {
  readonly level: "ok" | "warning" | "info";
  readonly text: string;
} {
  switch (outcome) {
    case "kept":
      return { level: "ok", text: "Kept for later requests" };
    case "removed":
      return { level: "info", text: "Deleted: the server let it expire" };
    default:
      return { level: "warning", text: `${outcome === "refused" ? "Refused" : "Not kept"}: ${reason ?? ""}` };
  }
}

/** `a.example.com only · /app · until 22 Nov 2026, 11:00 · Secure · SameSite=Lax`. */
export function cookieFacts(cookie: CookieFactsView): string {
  const { domain, hostOnly, path, expires, secure, httpOnly, sameSite, partitioned } = cookie;
  return [
    hostOnly ? `${domain} only` : `${domain} and below`,
    path,
    expires === null ? "session cookie" : `until ${localTime(expires)}`,
    secure && "Secure",
    httpOnly && "HttpOnly",
    sameSite && `SameSite=${sameSite.charAt(0).toUpperCase()}${sameSite.slice(1)}`,
    partitioned && "Partitioned",
  ]
    .filter(Boolean)
    .join(" · ");
}

function localTime(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime())
    ? iso
    : time.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

/** For a hop, in one line: names only. Empty where there is nothing to say. */
export function cookieSummary({
  sent,
  withheld,
  received,
}: CookiesView): readonly (readonly [what: string, names: string[]])[] {
  const of = (outcome: ReceivedCookieView["outcome"]) =>
    received.filter((cookie) => cookie.outcome === outcome).map(({ name }) => name);
  const parts: [string, string[]][] = [
    ["sent", sent.map(({ name }) => name)],
    ["not sent", withheld.map(({ name }) => name)],
    ["kept", of("kept")],
    ["deleted", of("removed")],
    ["refused", of("refused")],
    ["not kept", of("ignored")],
  ];
  return parts.filter(([, names]) => names.length > 0);
}

/** Of the header that was revealed: the value of the one cookie, or all of it where the cookie is not found. */
export function valueIn(header: string, part: "request" | "response", name: string): string {
  const pairs = part === "request" ? header.split(";") : header.split(";", 1);
  const pair = pairs.find((one) => one.split("=", 1)[0]?.trim() === name);
  return pair === undefined ? header : pair.slice(pair.indexOf("=") + 1).trim();
}
