import { type Masking, maskText } from "./mask.ts";

/** `Cookie` (RFC 6265, section 4.2): the names stay. */
export function maskCookie(value: string, masking: Masking): string {
  return value
    .split(";")
    .map((pair) => maskPair(pair, masking))
    .join(";");
}

/** `Set-Cookie` (RFC 6265, section 4.1): the name and the attributes stay. */
export function maskSetCookie(value: string, masking: Masking): string {
  const [pair = "", ...attributes] = value.split(";");
  return [maskPair(pair, masking), ...attributes.map((part) => maskAttribute(part, masking))].join(";");
}

/** `name=value`. Without a name, or with nothing but base64's padding behind it, all of it may be the value. */
function maskPair(pair: string, masking: Masking): string {
  const text = pair.trim();
  const blank = pair.slice(0, pair.length - pair.trimStart().length);
  const equals = text.indexOf("=");
  const value = text.slice(equals + 1);
  if (equals < 0 || (value !== "" && /^=+$/.test(value))) return blank + maskText(text, masking);
  return blank + text.slice(0, equals + 1) + maskText(value, masking);
}

/** The attributes that are known, with the values that they can have; "" for those without one. */
const attributes: Readonly<Record<string, RegExp>> = {
  domain: /^[\p{L}\d.:-]*$/u,
  expires: /^[\w ,:+-]{0,40}$/,
  httponly: /^$/,
  "max-age": /^-?\d{1,20}$/,
  partitioned: /^$/,
  path: /^[\w/.~@%+-]*$/,
  priority: /^(?:low|medium|high)$/i,
  samesite: /^(?:strict|lax|none)$/i,
  secure: /^$/,
};

/** What is no attribute may be more of the value: a server that did not quote a semicolon. */
function maskAttribute(part: string, masking: Masking): string {
  const text = part.trim();
  const equals = text.indexOf("=");
  const name = (equals < 0 ? text : text.slice(0, equals)).trim().toLowerCase();
  const value = equals < 0 ? "" : text.slice(equals + 1).trim();
  const isKnown = Object.hasOwn(attributes, name) && attributes[name]?.test(value);
  return isKnown || text === "" ? part : ` ${maskText(text, masking)}`;
}
