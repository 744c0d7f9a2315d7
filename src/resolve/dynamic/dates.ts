import dayjs from "dayjs";
import advancedFormat from "dayjs/plugin/advancedFormat.js";
import isoWeek from "dayjs/plugin/isoWeek.js";
import utc from "dayjs/plugin/utc.js";
import weekOfYear from "dayjs/plugin/weekOfYear.js";
import weekYear from "dayjs/plugin/weekYear.js";
import { DynamicError } from "./dynamic-error.ts";
import type { DynamicContext, Evaluate } from "./evaluate.ts";
import { usage } from "./read-arguments.ts";

for (const plugin of [utc, weekOfYear, weekYear, isoWeek, advancedFormat]) dayjs.extend(plugin);

const units = ["ms", "s", "m", "h", "d", "w", "M", "Q", "y"] as const;
type Unit = (typeof units)[number];

const longestFormat = 200;

export const timestamp: Evaluate = (args, context, name) => String(moment(args, context, name, "utc").unix());

export const isoTimestamp: Evaluate = (_args, { now }) => now.toISOString();

/** REST Client's `$datetime`. */
export const datetime: Evaluate = (args, context, name) => {
  const { format, offset } = readParts(args);
  const date = moment(offset, context, name, "utc");
  if (format === "iso8601") return date.toISOString();
  return date.format(format === "rfc1123" ? "ddd, DD MMM YYYY HH:mm:ss [GMT]" : checkFormat(format, name));
};

/** REST Client's `$localDatetime`: both named formats show the offset of the zone. */
export const localDatetime: Evaluate = (args, context, name) => {
  const { format, offset } = readParts(args);
  const date = moment(offset, context, name, "local");
  if (format === "iso8601") return date.format("YYYY-MM-DDTHH:mm:ss.SSSZ");
  return date.format(format === "rfc1123" ? "ddd, DD MMM YYYY HH:mm:ss ZZ" : checkFormat(format, name));
};

function readParts(args: readonly string[]): { readonly format: string; readonly offset: readonly string[] } {
  const [first] = args;
  if (first === undefined || /^[+-]?\d+$/.test(first)) return { format: "iso8601", offset: args };
  return { format: first, offset: args.slice(1) };
}

function moment(offset: readonly string[], { now }: DynamicContext, name: string, zone: "utc" | "local"): dayjs.Dayjs {
  const date = zone === "utc" ? dayjs.utc(now) : dayjs(now);
  const [count, unit] = offset;
  if (count === undefined) return date;
  if (!/^[+-]?\d{1,15}$/.test(count)) {
    throw new DynamicError(`The offset of ${name} is not a whole number.`, usage(name));
  }
  if (unit === undefined || offset.length > 2) {
    throw new DynamicError(`The offset of ${name} needs a number and a unit, nothing more.`, usage(name));
  }
  if (!isUnit(unit)) {
    throw new DynamicError(
      `"${unit}" is not a unit of time.`,
      "Use ms, s, m (minutes), h, d, w, M (months), Q (quarters) or y.",
    );
  }
  const moved = unit === "Q" ? date.add(3 * Number(count), "M") : date.add(Number(count), unit);
  if (moved.isValid() && moved.year() >= 0 && moved.year() <= 9999) return moved;
  throw new DynamicError(`The offset of ${name} leads out of the years 0 to 9999.`, "Use a smaller offset.");
}

function isUnit(text: string): text is Unit {
  return units.some((unit) => unit === text);
}

/** What Moment.js, whose formats people bring along, reads as one token. */
const momentToken =
  /\[[^[\]]*\]|Mo|MM?M?M?|DDDo|DDDD|DDD|Do|DD?|do|dd?d?d?|wo|ww?|Wo|WW?|Qo|Q|N{1,5}|YYYYYY|YYYYY|YYYY|YY|Y|y{1,4}o?|gg(?:ggg?)?|GG(?:GGG?)?|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|LTS|LT|LL?L?L?|l{1,4}/g;

const knownTokens = new Set(
  "M MM MMM MMMM D DD Do d dd ddd dddd w ww wo W WW Q YY YYYY gggg GGGG a A h hh H HH k kk m mm s ss SSS x X Z ZZ".split(
    " ",
  ),
);

/** A token that cannot be filled in would be sent as it stands. */
function checkFormat(format: string, name: string): string {
  if (format.length > longestFormat) {
    throw new DynamicError(`The format of ${name} has more than ${longestFormat} characters.`, "Use a shorter one.");
  }
  const tokens = [...format.matchAll(momentToken)].map(([token]) => token);
  const unknown = tokens.find((token) => !token.startsWith("[") && !knownTokens.has(token));
  if (unknown !== undefined) {
    throw new DynamicError(
      `"${unknown}" in the format of ${name} is not a part of a date that Padlock can write.`,
      `Put text in square brackets, as in "[on] YYYY-MM-DD". Parts of a date: ${[...knownTokens].join(" ")}.`,
    );
  }
  if (tokens.some((token) => !token.startsWith("["))) return format;
  throw new DynamicError(
    `"${format}" in ${name} is neither iso8601, rfc1123 nor a format of a date.`,
    'Use iso8601, rfc1123 or a format in quotes, such as "YYYY-MM-DD".',
  );
}
