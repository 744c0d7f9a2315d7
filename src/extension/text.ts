/** Control, format (bidi) and line-separator characters as `\u{…}`: server text can then neither move nor hide what stands beside it. */
export function escapeControls(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** At most `limit` UTF-16 code units, the last one an ellipsis where something was cut. */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

/**
 * Host (with its port, without user name and password) and path (without query and fragment) of a URL that may still
 * hold references, which `URL` could not read.
 */
export function hostAndPath(url: string): { readonly host: string; readonly path: string } {
  const match = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)([^?#]*)/i.exec(url);
  const authority = match?.[1] ?? "";
  return { host: authority.slice(authority.lastIndexOf("@") + 1), path: match?.[2] ?? "" };
}
