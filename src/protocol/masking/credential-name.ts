import { isCredentialField, wordsOf } from "../../common/credential-names.ts";

/**
 * What hides a value in a view: every name that a written value would be reported for, and those of what is no secret
 * in a file but lets its bearer in once it was sent: sessions, signatures, one-time codes, tickets. Too much hidden
 * costs a click on Reveal, too little a credential.
 */
export function isMaskedName(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const isMasked = judge(name);
  if (name.length <= 100 && judged.size < mostJudged) judged.set(name, isMasked);
  return isMasked;
}

/** The same few header names come with every exchange. */
const judged = new Map<string, boolean>();
const mostJudged = 1000;

function judge(name: string): boolean {
  if (/^access-control-/i.test(name)) return false;
  if (isCredentialField(name)) return true;
  if (name.length > 100) return false;
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  // A bare `token` at the end was judged above: `next_page_token` is a place in a list.
  if (last === "" || last === "token" || describing.test(last)) return false;
  return (
    wholeNames.has(words.join("")) ||
    words.some((word, index) => parts.test(word) || (word === "key" && keyOwners.test(words[index - 1] ?? "")))
  );
}

/** A word of them anywhere makes a name one of a credential: `X-Hub-Signature-256`, `csrf_token_v2`. */
const parts =
  /^(?:auth|authorization|csrf|hmac|otp|session|sid|sig|ticket|totp|xsrf|.*(?:apikey|assertion|credentials?|jwt|passphrase|passwd|passwords?|secrets?|sessionid|signature|token))$/;

/** Before `key`, also where something follows: `AWSAccessKeyId`. */
const keyOwners = /^(?:access|api|app|application|auth|client|functions?|license|master|private|secret|subscription)$/;

/** Names in which no word tells it: OpenID Connect, SAML, WS-Federation, OAuth 1, PKCE, device codes, load balancers. */
const wholeNames: ReadonlySet<string> = new Set([
  "authentication",
  "codeverifier",
  "devicecode",
  "dpop",
  "oauthverifier",
  "samlart",
  "samlresponse",
  "wresult",
  "xamznoidcdata",
]);

/** As the last word they make it a fact about a credential: `token_type`, `X-Token-Count`, `Signature-Input`. */
const describing =
  /^(?:age|agent|alg|algorithm|allowed|at|count|date|email|enabled|endpoint|error|exp|expiration|expires|expiry|format|header|headers|hint|host|in|input|issuer|length|level|limit|location|max|method|methods|min|mode|name|needed|node|policy|protection|provider|realm|remaining|required|size|state|status|strength|supported|timeout|timestamp|ttl|type|types|uri|url|used|user|username|version)$/;

/** Names of query parameters that can be a credential and often are not: an API key or a sort key, OAuth's code or `DE`. */
const unclearNames: ReadonlySet<string> = new Set(["code", "key"]);

/** Shorter values under an unclear name stay. */
const shortestUnclear = 6;

/** `name`, `value`: of a URL's query or fragment, or of a form, percent-decoded. */
export function isMaskedParameter(name: string, value: string): boolean {
  return isMaskedName(name) || (unclearNames.has(name.toLowerCase()) && value.length >= shortestUnclear);
}
