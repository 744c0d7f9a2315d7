import { type Masking, maskText, remember } from "./mask.ts";
import { maskUrl } from "./urls.ts";

/** `list`: the credential is a list of parameters (RFC 9110, section 11.4), else one token. */
type Form = "token" | "list";

/** IANA's registry of authentication schemes, and what services use besides. Another first word may be the credential. */
const schemes: Readonly<Record<string, Form>> = {
  apikey: "token",
  "aws4-hmac-sha256": "list",
  basic: "token",
  bearer: "token",
  bot: "token",
  concealed: "list",
  digest: "list",
  dpop: "token",
  "eg1-hmac-sha256": "token",
  gnap: "token",
  googlelogin: "token",
  hawk: "list",
  hmac: "token",
  hoba: "token",
  jwt: "token",
  key: "token",
  mac: "list",
  mutual: "list",
  negotiate: "token",
  ntlm: "token",
  oauth: "list",
  privatetoken: "token",
  "scram-sha-1": "list",
  "scram-sha-256": "list",
  sharedaccesssignature: "token",
  sharedkey: "token",
  sharedkeylite: "token",
  signature: "list",
  splunk: "token",
  ssws: "token",
  token: "token",
  vapid: "list",
};

/** `Authorization` and its like: the scheme stays, and of a list the parameters that are no credentials. */
export function maskAuthorization(value: string, masking: Masking): string {
  const scheme = /^\s*([A-Za-z][\w-]*)(?:\s+|$)/.exec(value);
  const form = Object.hasOwn(schemes, scheme?.[1]?.toLowerCase() ?? "") && schemes[scheme?.[1]?.toLowerCase() ?? ""];
  if (!scheme || !form) return maskText(value, masking);
  const credential = value.slice(scheme[0].length);
  return scheme[0] + (form === "list" ? maskList(credential, masking) : maskToken(credential, masking));
}

/** What of Basic is decoded somewhere else is hidden there, too. */
function maskToken(token: string, masking: Masking): string {
  const pair = Buffer.from(token, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  if (colon > 0 && !pair.includes("\ufffd")) remember(pair.slice(colon + 1), masking);
  return maskText(token, masking);
}

/** The parameters that are known. A name that is not may be a part of a token. */
const parameters: Readonly<Record<string, "shown" | "url" | "masked">> = {
  algorithm: "shown",
  charset: "shown",
  cnonce: "masked",
  created: "shown",
  credential: "masked",
  expires: "shown",
  ext: "masked",
  hash: "masked",
  headers: "shown",
  id: "masked",
  k: "masked",
  keyid: "masked",
  mac: "masked",
  nc: "shown",
  nextnonce: "masked",
  nonce: "masked",
  oauth_body_hash: "masked",
  oauth_callback: "url",
  oauth_consumer_key: "masked",
  oauth_nonce: "masked",
  oauth_signature: "masked",
  oauth_signature_method: "shown",
  oauth_timestamp: "shown",
  oauth_token: "masked",
  oauth_verifier: "masked",
  oauth_version: "shown",
  opaque: "masked",
  qop: "shown",
  realm: "shown",
  response: "masked",
  rspauth: "masked",
  signature: "masked",
  signedheaders: "shown",
  stale: "shown",
  t: "masked",
  ts: "shown",
  uri: "url",
  userhash: "shown",
  username: "shown",
};

const parameter = /([A-Za-z][\w-]*)(\s*=\s*)("(?:[^"\\]|\\[\s\S])*"|[^",\s]+)(\s*,\s*|\s*$)/y;

/** `name=value, name="value"`: of `Authorization` after its scheme, and of `Authentication-Info` (RFC 7615). */
export function maskList(text: string, masking: Masking): string {
  let shown = "";
  let at = 0;
  while (at < text.length) {
    parameter.lastIndex = at;
    const [whole = "", name = "", equals = "", value = "", comma = ""] = parameter.exec(text) ?? [];
    const key = name.toLowerCase();
    const how = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
    if (!how) return shown + maskText(text.slice(at), masking);
    shown += name + equals + maskParameter(value, how, masking) + comma;
    at += whole.length;
  }
  return shown;
}

function maskParameter(value: string, how: "shown" | "url" | "masked", masking: Masking): string {
  if (how === "shown") return value;
  const hide = how === "url" ? maskUrl : maskText;
  return value.startsWith('"') ? `"${hide(value.slice(1, -1), masking)}"` : hide(value, masking);
}
