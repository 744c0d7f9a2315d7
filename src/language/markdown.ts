const longest = 300;

/**
 * A text as a Markdown code span: nothing in it is markup, a link or HTML (CommonMark 0.31 section 6.1). Line ends and
 * characters that are not seen or turn the writing direction are shown as `\u{…}`; a long text is cut.
 */
export function codeSpan(text: string): string {
  const shown = visible(text);
  const longestRun = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longestRun + 1);
  // A blank inside each fence is taken away again; an empty span would be no span.
  const pad = /^`|`$|^ .*\S.* $/.test(shown) ? " " : "";
  return shown.trim() === ""
    ? shown === ""
      ? "(empty)"
      : `${fence}${shown}${fence}`
    : `${fence}${pad}${shown}${pad}${fence}`;
}

/** A code span for a cell of a table, where a `|` would end the cell (GitHub Flavored Markdown section 4.10). */
export function codeCell(text: string): string {
  return codeSpan(text).replaceAll("|", "\\|");
}

/** On one line, cut, with what cannot be seen made visible: for labels and details, which are plain text. */
export function visible(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return cut.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
