/**
 * Names that say that their value is a credential: of header fields, query parameters, form and JSON fields, cookies
 * and variables. The words of a name decide, not a list of every service's names, so that `X-Acme-Api-Key` is known
 * and `Idempotency-Key`, `token_type` and `max_tokens` are not.
 */

/** Fields that hold credentials whatever their value is: RFC 9110 section 11, RFC 6265, RFC 9449. */
const credentialHeaders: ReadonlySet<string> = new Set([
  "authorization",
  "proxy-authorization",
  "cookie",
  "cookie2",
  "set-cookie",
  "dpop",
]);

/** A name that ends in one of them names a credential, also where it runs into the word before: `authtoken`. */
const nouns = /(?:token|secret|password|passwd|passwort|passphrase|passcode|apikey|credentials?)$/;

/** The same, as whole words only: `auth`, not `oauth`. */
const wholeNouns: ReadonlySet<string> = new Set(["auth", "bearer", "jwt", "pass", "pwd", "pw", "sas"]);

/** What a key is for where it is a credential: not `Idempotency-Key`, `Sec-WebSocket-Key` or `publicKey`. */
const keyOwners =
  /^(?:access|account|admin|.*api|app|application|auth|authentication|client|consumer|deploy|encryption|functions?|license|master|private|root|secret|service|shared|signing|storage|subscription|write)$/;

/** The same in one word: `privatekey`. */
const joinedKeys = /(?:access|api|app|auth|client|consumer|encryption|master|private|secret|signing|subscription)key$/;

/** Names of sessions and of signatures that stand for a login, as a whole. */
const wholeNames: ReadonlySet<string> = new Set([
  "authorization",
  "sig",
  "session",
  "sessionid",
  "sessid",
  "phpsessid",
  "jsessionid",
  "aspsessionid",
  "connectsid",
  "xamzsignature",
  "xamzcredential",
  "xgoogsignature",
]);

/** Behind the noun these change nothing: `password_confirmation`, `TOKEN_DEV`, `apiKey2`. */
const addenda =
  /^(?:\d+|again|b64|base64|confirm|confirmation|confirmed|current|dev|development|live|local|new|old|prod|production|qa|repeat|repeated|retype|sandbox|stage|staging|test|uat|value|verify)$/;

/** Before `token` they make it a place in a list, not a credential: `next_page_token`. */
const positions = /^(?:continuation|cursor|next|page|paging|pagination|prev|previous|sync|watermark)$/;

/** Whether the values of a header field are credentials. */
export function isCredentialHeader(name: string): boolean {
  return credentialHeaders.has(name.toLowerCase()) || isCredentialField(name);
}

/** Whether the value of a query parameter, a form or JSON field, or a variable of that name is a credential. */
export function isCredentialField(name: string): boolean {
  // Longer than any name: what stands there is a value.
  if (name.length > 100) return false;
  const words = wordsOf(name);
  while (words.length > 1 && addenda.test(words.at(-1) ?? "")) words.pop();
  const last = words.at(-1);
  if (last === undefined) return false;
  if (wholeNames.has(words.join(""))) return true;
  const before = words.at(-2) ?? "";
  if (last === "token") return !positions.test(before);
  if (last === "id") return before === "session" && words.length === 2;
  if (last === "key") return keyOwners.test(before);
  return nouns.test(last) || wholeNouns.has(last) || joinedKeys.test(last);
}

/** `X-Api-Key`, `apiKey`, `API_KEY` and `api key` → `api`, `key` (with an `x` before them in the first). */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([\p{Ll}\d])(?=\p{Lu})/gu, "$1 ")
    .replaceAll(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, "$1 ")
    .replaceAll(/(\p{L})(?=\d+$)/gu, "$1 ")
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== "");
}
