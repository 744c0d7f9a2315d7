import { isMaskedName } from "./credential-name.ts";
import { maskHeader } from "./headers.ts";
import { maskJson } from "./json.ts";
import { keepsAll, maskText } from "./mask.ts";
import { maskForm, maskUrlsIn } from "./urls.ts";

/** `Name: value`, also as a word of a cURL command, and `@name = value`. */
const header = /^\s*([\w-]+)\s*:\s*(\S.*)$/;
const quotedHeader = /(["'])([\w-]+)\s*:\s*(.*?)\1/g;
const variable = /^\s*@([\w.$-]+)\s*=\s*(.*)$/;
/** cURL's options whose word is a credential as a whole. */
const option =
  /^(?:\s*curl)?(?:.*\s)?(?:-u|-U|-b|--user|--proxy-user|--cookie|--oauth2-bearer|--pass)(?:\s+|=)("[^"]*"|'[^']*'|\S+)/;

/**
 * Whether a line of a request file or a settings file has a credential written into it: then a failure does not show
 * the line that it points at. References such as `{{$env.TOKEN}}` are none.
 */
export function holdsCredential(line: string): boolean {
  const named = (name: string | undefined, value: string | undefined) =>
    name !== undefined && value !== undefined && maskHeader(name, value, keepsAll) !== value;
  const [, name, value] = header.exec(line) ?? [];
  const [, variableName = "", variableValue = ""] = variable.exec(line) ?? [];
  const word = option.exec(line)?.[1]?.replace(/^(["'])(.*)\1$/, "$2");
  const isForm = !/\s/.test(line.trim());
  return (
    named(name, value) ||
    [...line.matchAll(quotedHeader)].some(([, , quotedName, quotedValue]) => named(quotedName, quotedValue)) ||
    (isMaskedName(variableName) && maskText(variableValue, keepsAll) !== variableValue) ||
    (word !== undefined && maskText(word, keepsAll) !== word) ||
    [maskUrlsIn, maskJson, ...(isForm ? [maskForm] : [])].some((mask) => mask(line, keepsAll) !== line)
  );
}
