import { isCredentialHeader } from "../../../common/credential-names.ts";
import { scanAuthorization } from "./authorization.ts";
import { isEveryday, isPlaceholder, looksRandom } from "./placeholders.ts";
import { scanUrlFields } from "./urls.ts";
import type { Found } from "./values.ts";

/** Made by a browser to name itself or a choice, of no use to anybody else. */
const harmlessCookies = /^(?:_ga.*|_gid|lang(?:uage)?|locale|theme|consent|cookie_?consent|currency|tz|timezone)$/i;

const sessionCookies = /sess|sid$|auth|token|jwt|csrf|xsrf|remember|login/i;

/** How a client of SAP's services asks for a token, and what the service answers without one. */
const asksForToken = /^(?:fetch|required)$/i;

/** The credentials in the value of a header field. */
export function scanHeader(name: string, value: string): readonly Found[] {
  const key = name.toLowerCase();
  if (key === "authorization" || key === "proxy-authorization") return scanAuthorization(value);
  if (key === "cookie") return scanCookies(value);
  if (key === "referer" || key === "destination") return scanUrlFields(value, 0);
  if (!isCredentialHeader(name) || value.includes("{{")) return [];
  const [, scheme = "", rest = ""] = /^(bearer[ \t]+|token[ \t]+|basic[ \t]+)(\S.*)$/i.exec(value) ?? [];
  if (scheme !== "") return scanAuthorization(value);
  if (/csrf|xsrf/i.test(name) && asksForToken.test(value)) return [];
  // Names that end in `Token` or `Key` may also be choices: `X-Auth: oauth2`.
  if (isPlaceholder(value, name) || (value.length < 8 && isEveryday(value, name))) return [];
  const what = /key$/i.test(name) ? "an API key" : /secret|pass/i.test(name) ? "a password" : "a token";
  return [{ range: { start: 0, end: (scheme + rest).length || value.length }, what, name }];
}

/** `name=value` pairs (RFC 6265 section 4.2.1): those that stand for a login. */
function scanCookies(value: string): readonly Found[] {
  const found: Found[] = [];
  for (const { 1: before = "", 2: name = "", 3: content = "", index } of value.matchAll(
    /((?:^|;)[ \t]*([^\s=;]{1,100})=)("?[^;]*)/g,
  )) {
    if (content.includes("{{") || harmlessCookies.test(name)) continue;
    const text = content.trimEnd();
    const isLogin = sessionCookies.test(name) || looksRandom(text);
    if (!isLogin || isPlaceholder(text, name) || (!looksRandom(text) && isEveryday(text, name))) continue;
    const start = index + before.length;
    found.push({ range: { start, end: start + text.length }, what: "a cookie that stands for a login", name });
  }
  return found;
}
