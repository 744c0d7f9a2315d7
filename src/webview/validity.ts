import { plural } from "../common/units.ts";
import type { Level } from "./format.ts";

/** Certificates that end in fewer days are marked; the transport's findings draw the line at the same place. */
const soon = 21;

export interface CertificateDates {
  readonly notBefore: string;
  readonly notAfter: string;
  readonly daysLeft: number;
}

export interface Validity {
  readonly level: Level;
  /** "19 days left", "expired 12 days ago". */
  readonly text: string;
  /** The bar runs from `notBefore` (or now, if earlier) to `notAfter` (or now, if later). Shares of its length, 0 to 1. */
  readonly start: number;
  readonly end: number;
  readonly now: number;
}

/** Where `now` stands in a certificate's life. `now` is the time of the exchange, not of the reading. */
export function validity(dates: CertificateDates, now: Date): Validity {
  const from = Date.parse(dates.notBefore);
  const until = Date.parse(dates.notAfter);
  const at = now.getTime();
  const words = inWords(dates.daysLeft, from - at, until - at);
  if (![from, until, at].every(Number.isFinite) || until <= from) return { ...words, start: 0, end: 1, now: 1 };
  const first = Math.min(from, at);
  const length = Math.max(until, at) - first;
  const share = (time: number) => (time - first) / length;
  return { ...words, start: share(from), end: share(until), now: share(at) };
}

function inWords(
  daysLeft: number,
  untilStart: number,
  untilEnd: number,
): { readonly level: Level; readonly text: string } {
  if (untilStart > 0) {
    return { level: "error", text: `not valid for another ${span(Math.max(1, Math.ceil(untilStart / 86_400_000)))}` };
  }
  if (daysLeft < 0 || untilEnd < 0) {
    // `daysLeft` is rounded down: half a day after the end it is -1, which is no whole day ago.
    const whole = Math.max(0, -daysLeft - 1);
    const when = whole === 0 ? "today" : whole === 1 ? "yesterday" : `${span(whole)} ago`;
    return { level: "error", text: `expired ${when}` };
  }
  if (daysLeft === 0) return { level: "warning", text: "ends within a day" };
  return { level: daysLeft < soon ? "warning" : "ok", text: `${span(daysLeft)} left` };
}

/** Days up to two years, then whole years. */
function span(days: number): string {
  return days < 730 ? plural(days, "day") : plural(Math.floor(days / 365.25), "year");
}
