import { decodeProtectedHeader } from "jose/decode/protected_header";
import { decodeJwt } from "jose/jwt/decode";
import type { TextRange } from "../../common/range.ts";
import { codeCell } from "../markdown.ts";

/** Longer ones do not fit into a header anyway. */
const longest = 16_384;

/** The characters of Base64url and the full stop. */
const tokenChar = /[\w.-]/;

/** The JSON Web Token (RFC 7519) in compact form that an offset of a line is in: its header starts with `{"`. */
export function tokenAt(line: string, offset: number): TextRange | undefined {
  let start = offset;
  while (start > 0 && offset - start < longest && tokenChar.test(line.charAt(start - 1))) start--;
  let end = offset;
  while (end < line.length && end - start < longest && tokenChar.test(line.charAt(end))) end++;
  return isToken(line.slice(start, end)) ? { start, end } : undefined;
}

function isToken(text: string): boolean {
  return text.length <= longest && /^eyJ[\w-]*(?:\.[\w-]*){2}(?:(?:\.[\w-]*){2})?$/.test(text);
}

/**
 * Header and claims of a token as Markdown tables, its dates with what they mean at `now` (milliseconds since 1970).
 * Empty for a text that is no token. The signature is not checked. For tokens that are written in a file.
 */
export function describeToken(text: string, now: number): readonly string[] {
  const token = text.replace(/^[A-Za-z]+[ \t]+/, "").trim();
  if (!isToken(token)) return [];
  try {
    const header = decodeProtectedHeader(token);
    // Five parts: the claims are encrypted (RFC 7516).
    const claims = token.split(".").length === 5 ? undefined : decodeJwt(token);
    return [
      "**JSON Web Token**, decoded. Its signature was not checked.",
      table("Header", header, now),
      claims ? table("Claim", claims, now) : "Its claims are encrypted.",
      "It is written in the file: whoever can read the repository can use it. Keep it in the environment and write `{{$env.NAME}}`.",
    ];
  } catch {
    return [];
  }
}

/** A token can hold any number of claims. */
const mostRows = 40;

function table(title: string, values: Readonly<Record<string, unknown>>, now: number): string {
  const entries = Object.entries(values);
  const rows = entries.slice(0, mostRows).map(([name, value]) => `| ${codeCell(name)} | ${shown(name, value, now)} |`);
  if (entries.length > mostRows) rows.push(`| … | ${entries.length - mostRows} more |`);
  return [`| ${title} | Value |`, "| --- | --- |", ...rows].join("\n");
}

const dates: Readonly<Record<string, (distance: string, isPast: boolean) => string>> = {
  exp: (distance, isPast) => (isPast ? `expired ${distance} ago` : `expires in ${distance}`),
  nbf: (distance, isPast) => (isPast ? `valid since ${distance}` : `valid in ${distance}`),
  iat: (distance, isPast) => (isPast ? `issued ${distance} ago` : `issued ${distance} in the future`),
};

function shown(name: string, value: unknown, now: number): string {
  const words = Object.hasOwn(dates, name) ? dates[name] : undefined;
  const cell = codeCell(typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
  if (!words || typeof value !== "number") return cell;
  const date = new Date(value * 1000);
  if (Number.isNaN(date.getTime())) return cell;
  const distance = date.getTime() - now;
  return `${date.toISOString().replace(/\.000Z$/, "Z")}, ${words(inWords(Math.abs(distance)), distance <= 0)}`;
}

const units: readonly (readonly [name: string, seconds: number])[] = [
  ["year", 31_557_600],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** In the largest unit of which there is at least one, rounded down. */
function inWords(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const [name, size] = units.find(([, each]) => seconds >= each) ?? ["second", 1];
  const count = Math.floor(seconds / size);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
