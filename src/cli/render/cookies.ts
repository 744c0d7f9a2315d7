import type { CookiesView, ReceivedCookieView } from "../../protocol/cookie-view.ts";
import type { Style } from "./style.ts";
import { terminalLine } from "./terminal-text.ts";

/** Names of one kind; a server can send hundreds. */
const mostNames = 5;
const longestName = 60;

/** "cookies sent: sid · kept: theme · refused: ad (com is a public suffix)"; undefined where there were none. */
export function renderCookies(cookies: CookiesView | undefined, style: Style): string | undefined {
  if (!cookies) return undefined;
  const { sent, withheld, received } = cookies;
  const of = (outcome: ReceivedCookieView["outcome"]) => received.filter((cookie) => cookie.outcome === outcome);
  const parts: readonly (readonly [what: string, cookies: readonly Named[], paint: (text: string) => string])[] = [
    ["sent", sent, style.dim],
    ["withheld", withheld, style.yellow],
    ["kept", of("kept"), style.dim],
    ["deleted", of("removed"), style.dim],
    ["refused", of("refused"), style.yellow],
    ["not kept", of("ignored"), style.dim],
  ];
  const texts = parts.flatMap(([what, list, paint]) => (list.length === 0 ? [] : [paint(`${what}: ${named(list)}`)]));
  return texts.length === 0 ? undefined : `${style.dim("cookies")} ${texts.join(style.dim(" · "))}`;
}

interface Named {
  readonly name: string;
  readonly reason?: string | null;
}

/** Cookies that have the same reason in a row have it once. */
function named(list: readonly Named[]): string {
  const shown = list.slice(0, mostNames).map(({ name, reason }, index) => {
    const isLast = index === Math.min(list.length, mostNames) - 1 || list[index + 1]?.reason !== reason;
    const text = name.length > longestName ? `${name.slice(0, longestName)}…` : name || "(no name)";
    return terminalLine(reason && isLast ? `${text} (${reason})` : text);
  });
  const rest = list.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}
