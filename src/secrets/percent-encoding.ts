/**
 * Percent-encodes the UTF-8 bytes of every character that `encode` matches (a regular expression with the flags
 * `gu`), in upper-case hex (RFC 3986 §2.1). Lone surrogates become U+FFFD, as in every URL library.
 */
export function percentEncode(text: string, encode: RegExp): string {
  return text.replace(encode, (character) => {
    const hex = Buffer.from(character, "utf8").toString("hex").toUpperCase();
    return hex.replace(/../g, "%$&");
  });
}

/** Every character but the unreserved ones of RFC 3986 §2.3: safe anywhere in a URL. */
export const allButUnreserved = /[^A-Za-z0-9\-._~]/gu;

/**
 * Only what cannot stand in a URL's path or query as it is (WHATWG URL, path and special-query percent-encode sets,
 * without `?`), and `#` and `\`, which would end or change it. A URL parser leaves the result as it is.
 */
export const unfitForUrl = /[^!$%&()*+,\-./0-9:;=?@A-Z[\]_a-z~]/gu;

/** As written where it is not valid percent-encoding. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
