import { isCredentialField } from "../../../common/credential-names.ts";
import { isEveryday, looksRandom } from "./placeholders.ts";
import { scanUrlFields } from "./urls.ts";
import type { Found } from "./values.ts";

/** The form of a body, for how a value is written in it. */
export type BodyForm = "json" | "form" | "other";

/** Fields of a body whose name says that their value is a credential. */
export function scanBody(text: string, form: BodyForm): readonly Found[] {
  if (form === "form") return scanUrlFields(text, 0, true);
  return [...scanMembers(text, form), ...(text.includes("</") ? scanElements(text) : []), ...scanParts(text)];
}

/** `"password": "…"` of JSON (RFC 8259), and `password: "…"` of a GraphQL query. */
function scanMembers(text: string, form: BodyForm): readonly Found[] {
  const found: Found[] = [];
  const members = /(?:"([^"\\\r\n]{1,100})"|\b([A-Za-z_]\w{0,99}))[ \t]*:[ \t]*"/g;
  for (let match = members.exec(text); match; match = members.exec(text)) {
    const name = match[1] ?? match[2] ?? "";
    if (!isCredentialField(name)) continue;
    const start = members.lastIndex;
    const end = endOfString(text, start);
    if (end === undefined) continue;
    const raw = text.slice(start, end);
    members.lastIndex = end + 1;
    const value = form === "json" ? unescaped(raw) : raw;
    if (isData(value, name)) continue;
    found.push({ range: { start, end }, what: `a credential in a field`, name, value });
  }
  return found;
}

/** `<Password>…</Password>`, as SOAP and its WS-Security write it. */
function scanElements(text: string): readonly Found[] {
  const found: Found[] = [];
  for (const { 1: opening = "", 2: name = "", 3: raw = "", index } of text.matchAll(
    /(<(?:[\w-]{1,100}:)?([\w.-]{1,100})(?:[ \t][^<>]{0,500})?>)([^<>\r\n]{1,4000})<\//g,
  )) {
    if (raw.includes("&") || !isCredentialField(name) || isData(raw, name)) continue;
    const start = index + opening.length;
    found.push({ range: { start, end: start + raw.length }, what: "a credential in an element", name });
  }
  return found;
}

/** A part of `multipart/form-data` (RFC 7578): its name stands in a header, its value behind a blank line. */
function scanParts(text: string): readonly Found[] {
  if (!text.includes("form-data")) return [];
  const found: Found[] = [];
  for (const { 1: before = "", 2: name = "", 3: raw = "", index } of text.matchAll(
    /(\bform-data;[ \t]*name="([^"\r\n]{1,100})"[ \t]*\r?\n(?:[\w-]{1,100}:[^\r\n]{0,500}\r?\n){0,9}\r?\n)([^\r\n]{1,4000})/g,
  )) {
    if (!isCredentialField(name) || isData(raw, name)) continue;
    const start = index + before.length;
    found.push({ range: { start, end: start + raw.length }, what: "a credential in a form", name });
  }
  return found;
}

/** A sentence, a choice such as `"auth": "oauth2"` or a test's own data. */
export function isData(value: string, name: string): boolean {
  if (isEveryday(value, name)) return true;
  if (/pass|pwd/i.test(name)) return false;
  if (/^\p{L}+(?:[ ,.;:!?'’-]+\p{L}+){2,}[.!?]?$/u.test(value)) return true;
  return /auth$|session|^sid$/i.test(name) && !looksRandom(value);
}

/** The closing quote; undefined where the line ends first. */
function endOfString(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '"') return at;
    if (char === "\r" || char === "\n") return undefined;
    if (char === "\\") at++;
  }
  return undefined;
}

/** What the content of a JSON string stands for; as it is where it is none. */
export function unescaped(raw: string): string {
  if (!raw.includes("\\")) return raw;
  try {
    return String(JSON.parse(`"${raw.replaceAll(/[\r\n]/g, "")}"`));
  } catch {
    return raw;
  }
}
