import { braced } from "./credential.ts";
import { isPlaceholder } from "./placeholders.ts";
import type { Found } from "./values.ts";

/** Schemes of `Authorization` (RFC 9110 section 11.4) whose one parameter is the credential itself. */
const whatOf: Readonly<Record<string, string>> = {
  bearer: "a bearer token",
  token: "a token",
  apikey: "an API key",
  "api-key": "an API key",
  dpop: "a DPoP-bound token",
  privatetoken: "a token",
};

/** The credentials of an `Authorization` or `Proxy-Authorization` value. */
export function scanAuthorization(value: string): readonly Found[] {
  if (value.includes("{{")) return afterReference(value);
  const [, scheme = "", blanks = "", rest = ""] = /^([A-Za-z][\w-]*)([ \t]+)(\S[\s\S]*)$/.exec(value) ?? [];
  if (scheme === "") return whole(value, 0, "a credential");
  const start = scheme.length + blanks.length;
  const key = scheme.toLowerCase();
  if (key === "basic") return scanBasic(rest, start);
  if (key === "digest" || key === "aws") return scanWords(rest, start);
  // `Signature keyId="…"`, AWS4-HMAC-SHA256, Hawk: made for one request, of no use for another.
  if (/^[\w-]+[ \t]*=[ \t]*\S/.test(rest) && !/^[\w+/-]+=*$/.test(rest)) return [];
  return whole(rest, start, whatOf[key] ?? "a credential");
}

/** `Bearer {{prefix}}abc…` is put together by somebody who knows; only Basic's two words may be half a reference. */
function afterReference(value: string): readonly Found[] {
  const [, before = "", password = ""] = /^(basic[ \t]+\{\{[^{}]*\}\}(?::|[ \t]+))([^\s{}]+)$/i.exec(value) ?? [];
  return password === "" ? [] : whole(password, before.length, "a password", "password");
}

function whole(text: string, start: number, what: string, name = ""): readonly Found[] {
  return isPlaceholder(text) ? [] : [{ range: { start, end: start + text.length }, what, name }];
}

/** `user:password`, `user password`, or their Base64 form (RFC 7617 section 2). */
function scanBasic(rest: string, start: number): readonly Found[] {
  const [, user = "", separator = "", written = ""] = /^([^\s:]+)(:|[ \t]+)(\S.*)$/.exec(rest) ?? [];
  if (/^[^\s:]{1,15}:$/.test(rest)) return [];
  if (written !== "") {
    return isPassword(written) ? whole(written, start + user.length + separator.length, "a password", "password") : [];
  }
  const pair = decoded(rest);
  const colon = pair?.indexOf(":") ?? -1;
  if (pair === undefined || colon < 0) return whole(rest, start, "a credential");
  const [name, password] = [pair.slice(0, colon), pair.slice(colon + 1)];
  const range = { start, end: start + rest.length };
  // Some services take their key as the user name, without a password.
  if (!isPassword(password)) return password === "" && !isPlaceholder(name) && name.length >= 16 ? key(range) : [];
  const argument = literal(name);
  if (argument === undefined || /\p{Cc}/u.test(password)) return key(range, "a password in Base64");
  return [
    {
      range,
      what: "a password in Base64, which hides nothing",
      name: "password",
      value: password,
      replaced: { start: 0, end: start + rest.length },
      write: (expression) => braced(`$basic ${argument} ${expression}`),
    },
  ];
}

function key(range: Found["range"], what = "a key in Base64, which hides nothing"): readonly Found[] {
  return [{ range, what, name: "credentials" }];
}

/** A password may be shorter than a token, and be an ordinary word. */
function isPassword(text: string): boolean {
  return text !== "" && (text.length < 4 ? /^\w+$/.test(text) && text !== "xxx" : !isPlaceholder(text));
}

/** `Digest user password` and `AWS id key …`, as other clients write them: the second word. */
function scanWords(rest: string, start: number): readonly Found[] {
  const [, first = "", second = ""] = /^([^\s=,"]+[ \t]+)([^\s=,"]+=*)/.exec(rest) ?? [];
  return second === "" ? [] : whole(second, start + first.length, "a password or key", "password");
}

/** An argument of `$basic`; undefined for what cannot stand between quotes and braces. */
function literal(user: string): string | undefined {
  return user === "" || /["\\{}:\p{Cc}]/u.test(user) ? undefined : `"${user}"`;
}

function decoded(text: string): string | undefined {
  if (!/^[\w+/-]{4,}={0,2}$/.test(text)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
