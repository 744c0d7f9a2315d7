const unitMilliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Node's timers turn a longer delay into one millisecond. */
const longest = 2 ** 31 - 1;

/**
 * Milliseconds of `500ms`, `10s`, `1.5s`, `2m`, `1h`; undefined for anything else, for zero and for more than 24 days.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,10}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text);
  if (!match) return undefined;
  const milliseconds = Math.round(Number(match[1]) * (unitMilliseconds[match[2] ?? ""] ?? Number.NaN));
  return milliseconds >= 1 && milliseconds <= longest ? milliseconds : undefined;
}
