import { isCredentialField } from "../../../common/credential-names.ts";
import { isEveryday, isPlaceholder } from "./placeholders.ts";
import type { Found } from "./values.ts";

/** `https://user:password@host` (RFC 3986 section 3.2.1), at the start of a text. */
export function scanUserinfo(text: string): readonly Found[] {
  if (!text.includes("@")) return [];
  const [, before = "", password = ""] =
    /^((?:[a-z][a-z\d+.-]{0,30}:\/\/)?(?:[^\s/?#@:{}]|\{\{[^{}]*\}\})+:)([^\s/?#{}]+)@/i.exec(text) ?? [];
  if (password === "") return [];
  // In a URL even three letters are what opens the door.
  const isShort = /^\w{1,3}$/.test(password) && !/^(?:x+|pw)$/i.test(password);
  return isShort || !isPlaceholder(password) ? [userinfo(before, password)] : [];
}

function userinfo({ length: start }: string, password: string): Found {
  const range = { start, end: start + password.length };
  return { range, what: "a password in a URL", name: "password", value: percentDecoded(password) };
}

/** Parameters of a query and fields of a form: `name=value`, behind `?`, `&` or at `from`. */
export function scanUrlFields(text: string, from: number, isForm = false): readonly Found[] {
  if (!text.includes("=")) return [];
  const found: Found[] = [];
  const fields = isForm ? /(?:^|[&\r\n])([^\s=&?]{1,100})=([^&\r\n]*)/g : /[?&]([^\s=&?]{1,100})=([^\s&#]*)/g;
  fields.lastIndex = from;
  for (const { 0: all, 1: written = "", 2: content = "", index } of text.matchAll(fields)) {
    if (content === "" || content.includes("{{") || !mayBeCredential(written)) continue;
    const name = percentDecoded(written);
    const raw = content.trimEnd();
    const value = percentDecoded(isForm ? raw.replaceAll("+", " ") : raw);
    if (!isCredentialField(name) || isEveryday(value, name)) continue;
    const start = index + all.length - content.length;
    const what = isForm ? "a credential in a form" : "a credential in a URL, which logs and histories keep";
    // In a query a value is put in as it is; in a form it is encoded.
    found.push({ range: { start, end: start + raw.length }, what, name, value: isForm ? value : raw });
  }
  return found;
}

/** Most names are none: a look at their letters saves decoding them and taking them apart. */
function mayBeCredential(name: string): boolean {
  return /key|to?k|pass|pw|secr|cred|auth|jwt|sig|sess|sas|bearer|%/i.test(name);
}

export function percentDecoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
