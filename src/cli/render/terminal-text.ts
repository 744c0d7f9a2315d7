/**
 * Everything that a terminal or a CI log could obey instead of show: C0 and C1 controls, DEL, format characters
 * (bidirectional overrides, zero-width, tags), line and paragraph separators, lone surrogates, and letters without a
 * glyph; but not a joiner behind a letter of a script that needs it, or inside an emoji. Tab and line feed are dealt
 * with by the callers.
 */
const invisible =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0](?<!(?!\p{ASCII})[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}][\u200c\u200d])|\u034f/gu;

/**
 * Build servers read commands out of logs: `##vso[task.setvariable …]` (Azure Pipelines), `##teamcity[…]` and `##[…]`
 * anywhere in a line, `::set-env …` (GitHub Actions) at its beginning. A server must not be able to give them.
 */
const markerCommand = /##(?=[\w-]*\[)/g;
const colonCommand = /^([^\S\n]*):(?=:)/gm;

/** Text of any origin for a terminal, over several lines: what is not plain text is shown as its `\u` escape. */
export function terminalText(text: string): string {
  return text
    .replace(invisible, (char) => (char === "\n" || char === "\t" ? char : escapeOf(char)))
    .replace(markerCommand, `#${escapeOf("#")}`)
    .replace(colonCommand, `$1${escapeOf(":")}`);
}

/** The same for one line: a line feed or a tab is escaped as well, so that no value can pretend to be a second line. */
export function terminalLine(text: string): string {
  return terminalText(text.replace(/[\n\t]/g, escapeOf));
}

/** JSON that is the same value for a program and harmless to look at. Only for what `JSON.stringify` returned. */
export function terminalJson(json: string): string {
  return json.replace(invisible, escapeUnits).replace(markerCommand, `#${escapeUnits("#")}`);
}

/** `\u001b`, `\u{e0041}`: JavaScript's own notation. */
function escapeOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : escapeUnits(char);
}

/** JSON knows only four digits: a character outside the basic plane is written as its two surrogates. */
function escapeUnits(char: string): string {
  return char
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
