import { directiveFacts } from "../../syntax/directives.ts";
import type { Directive, Span } from "../../syntax/index.ts";
import { predicateFacts } from "../../syntax/queries/predicate-facts.ts";
import { queryFactOf } from "../../syntax/queries/query-facts.ts";
import { directiveDocumentation } from "../facts/directive-documentation.ts";
import { knownFiles, knownRequests } from "../known-names.ts";
import { codeSpan } from "../markdown.ts";
import { holds } from "../navigation/places.ts";
import { blockSummary } from "../request-title.ts";
import type { HoverRequest, HoverText } from "./hover-text.ts";

/** What a directive does; in its value the query, the predicate or the request that is named. */
export async function hoverDirective(request: HoverRequest): Promise<HoverText | undefined> {
  const { block, offset } = request.place;
  const directive = block?.directives.find(({ range }) => holds(range, offset));
  const fact = directive && directiveFacts.get(directive.name.text);
  if (!fact) return undefined;
  const { name, value } = directive;
  // The at sign counts as part of the name.
  const nameRange = { start: name.range.start - 1, end: name.range.end };
  if (holds(nameRange, offset)) {
    return { range: nameRange, paragraphs: [codeSpan(`# ${fact.usage}`), directiveDocumentation(fact)] };
  }
  if (!holds(value.range, offset)) return undefined;
  if (fact.form === "name") return hoverRequestName(value, request);
  return fact.form === "assertion" || fact.form === "capture" ? hoverQueryWord(directive, offset) : undefined;
}

async function hoverRequestName(name: Span, { document, host }: HoverRequest): Promise<HoverText | undefined> {
  const known = knownRequests(await knownFiles(document, host)).find((request) => request.name === name.text);
  return known && { range: name.range, paragraphs: [codeSpan(blockSummary(known.block) ?? "")] };
}

/** Words are found by their text: they may be explained while the rest of the line is not right yet. */
function hoverQueryWord({ name, value }: Directive, offset: number): HoverText | undefined {
  const queryStart = name.text === "capture" ? value.text.indexOf("=") + 1 : 0;
  for (const { 0: word, index } of value.text.matchAll(/body(?=[.[])|[^\s"']+/g)) {
    const start = value.range.start + index;
    const range = { start, end: start + word.length };
    if (index < queryStart || !holds(range, offset)) continue;
    const isFirst = value.text.slice(queryStart, index).trim() === "";
    const query = isFirst ? queryFactOf(word) : undefined;
    if (query) return { range, paragraphs: [codeSpan(query.usage), query.documentation] };
    if (word === "not" && !isFirst && name.text === "assert")
      return { range, paragraphs: ["`not`: Turns the predicate round."] };
    const predicate = isFirst || name.text === "capture" ? undefined : predicateFacts.get(word);
    return predicate && { range, paragraphs: [`${codeSpan(word)}: ${predicate.documentation}`] };
  }
  return undefined;
}
