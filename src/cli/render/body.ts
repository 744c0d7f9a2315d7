import { byteSize } from "../../common/units.ts";
import type { BodyView } from "../../protocol/exchange-view.ts";
import type { Style } from "./style.ts";
import { terminalText } from "./terminal-text.ts";

/** Enough to recognise an answer in a CI log; `--json` has the whole. */
const limits = {
  text: { lines: 60, characters: 8_000 },
  dump: { lines: 8, characters: 8_000 },
} as const;

/** The lines of a body, cut to the limit, and a last line that says what was left out. */
export function renderBody(body: BodyView, style: Style): string[] {
  if (body.kind === "empty") return [];
  const { lines: maxLines, characters } = body.kind === "binary" ? limits.dump : limits.text;
  const text = withoutFinalLineEnds(body.text.replaceAll("\r\n", "\n"));
  const short = cutCharacters(text, characters);
  const lines = short.split("\n").slice(0, maxLines);
  const rendered = terminalText(lines.join("\n")).split("\n");
  const isWhole = !body.truncated && lines.join("\n").length === text.length;
  return isWhole ? rendered : [...rendered, style.dim(`… only the beginning of ${byteSize(body.size)} is shown`)];
}

/** Not by `/\n+$/`: on a body of line ends that takes the square of its length. */
function withoutFinalLineEnds(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0x0a) end--;
  return text.slice(0, end);
}

/** Cuts between characters, never inside a surrogate pair. */
function cutCharacters(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
