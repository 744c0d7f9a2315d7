import { maskAuthorization, maskList } from "./authorization.ts";
import { maskCookie, maskSetCookie } from "./cookies.ts";
import { isMaskedName } from "./credential-name.ts";
import { type Masking, maskText } from "./mask.ts";
import { maskUrlsIn } from "./urls.ts";

type Mask = (value: string, masking: Masking) => string;

/** The fields of which more than a mask stays. `WWW-Authenticate` is not here: a challenge is no credential. */
const fields: Readonly<Record<string, Mask>> = {
  authorization: maskAuthorization,
  "proxy-authorization": maskAuthorization,
  cookie: maskCookie,
  cookie2: maskCookie,
  "set-cookie": maskSetCookie,
  "set-cookie2": maskSetCookie,
  "authentication-info": maskList,
  "proxy-authentication-info": maskList,
};

/** A header field's value as it may be shown: credentials masked, also those in a URL such as that of `Location`. */
export function maskHeader(name: string, value: string, masking: Masking): string {
  const key = name.toLowerCase();
  const mask = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (mask) return mask(value, masking);
  if (!isMaskedName(name)) return maskUrlsIn(value, masking);
  return key.endsWith("authorization") ? maskAuthorization(value, masking) : maskText(value, masking);
}
