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
 * Words of a file, a server or another extension in a notification, the status bar or a list: one short line that hides
 * nothing, and in which VS Code sees neither an icon, `$(name)`, nor a link, `[text](command:…)`.
 */
export function plain(text: string, limit = 80): string {
  return shorten(escapeControls(text), limit).replaceAll("$(", "$ (").replaceAll("](", "] (");
}
