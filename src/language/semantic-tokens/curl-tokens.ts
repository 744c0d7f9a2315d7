import { curlOptions } from "../../syntax/curl/options.ts";
import { readShellWords } from "../../syntax/curl/shell-words.ts";
import type { RequestNode } from "../../syntax/index.ts";
import type { Source } from "../../syntax/source.ts";
import { type Token, token } from "./token.ts";

/** `curl` and the names of its options. */
export function curlTokens(source: Source, { range }: RequestNode): readonly Token[] {
  const { words } = readShellWords(source, source.lineAt(range.start), source.lineAt(range.end) + 1);
  const [command, ...others] = words;
  if (!command) return [];
  const tokens = [token(command.range, "keyword")];
  let isValue = false;
  for (const word of others) {
    const option: string | undefined = isValue
      ? undefined
      : optionOf(source.text.slice(word.range.start, word.range.end));
    isValue = option !== undefined && option === word.text && (curlOptions.get(option)?.takesValue ?? false);
    if (option === undefined) continue;
    tokens.push(token({ start: word.range.start, end: word.range.start + option.length }, "parameter"));
  }
  return tokens;
}

/** `--header` of `--header=…`, `-X` of `-XPOST`; a quoted word is no option. */
function optionOf(written: string): string | undefined {
  return /^(?:--[A-Za-z][\w.-]*|-[A-Za-z0-9#:])/.exec(written)?.[0];
}
