import type { HeaderField } from "../../syntax/index.ts";
import { headerFieldFact } from "../facts/header-fields.ts";
import { headerValues } from "../facts/header-values.ts";
import { mediaTypeFact } from "../facts/media-types.ts";
import { codeSpan } from "../markdown.ts";
import { holds } from "../navigation/places.ts";
import type { HoverRequest, HoverText } from "./hover-text.ts";

/** What a header is for; in its value what the word under the cursor means. */
export function hoverHeader({ place: { block, offset } }: HoverRequest): HoverText | undefined {
  if (block?.request?.dialect !== "http") return undefined;
  const field = block.request.headers.find(({ range }) => holds(range, offset));
  if (!field) return undefined;
  if (holds(field.value.range, offset) && field.value.text !== "") return hoverValue(field, offset);
  const fact = headerFieldFact(field.name.text);
  if (!fact || !holds(field.name.range, offset)) return undefined;
  const paragraphs = [`**${fact.name}**: ${fact.documentation}`, `[Documentation](${fact.link})`];
  return { range: field.name.range, paragraphs };
}

/** An entry of a list, a media type, a parameter: what commas, semicolons and blanks divide. */
function hoverValue({ name, value }: HeaderField, offset: number): HoverText | undefined {
  for (const { 0: word, index } of value.text.matchAll(/[^\s,;]+/g)) {
    const start = value.range.start + index;
    const range = { start, end: start + word.length };
    if (!holds(range, offset)) continue;
    const known = headerValues.get(name.text.toLowerCase());
    const type = mediaTypeFact(word)?.documentation;
    const documentation =
      type ??
      [...(known?.values ?? []), ...(known?.parameters ?? [])].find(
        (fact) => fact.value.toLowerCase() === word.toLowerCase(),
      )?.documentation;
    return documentation === undefined ? undefined : { range, paragraphs: [`${codeSpan(word)}: ${documentation}`] };
  }
  return undefined;
}
