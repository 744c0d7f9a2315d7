import type { CompletionItem } from "vscode-languageserver-types";
import { type DirectiveForm, directiveFacts } from "../../syntax/directives.ts";
import { outcomes } from "../facts/query-values.ts";
import { knownFiles } from "../known-names.ts";
import { requestSites } from "../reference-sites.ts";
import { Variables } from "../variables.ts";
import { item, Kind } from "./items.ts";
import { assertionItems, captureItems } from "./queries.ts";
import type { CompletionRequest, ContextOf } from "./request.ts";
import { requestNames } from "./request-names.ts";

type ValueContext = ContextOf<"directive-value">;
type Provider = (context: ValueContext, request: CompletionRequest) => CompletionItem[] | Promise<CompletionItem[]>;

const durations = ["500ms", "1s", "2s", "5s", "10s", "30s", "1m", "5m"];

/** By the form of the value; those without an entry are free text or none. */
const providers: Partial<Record<DirectiveForm, Provider>> = {
  name: ({ written, after }, request) => requestNames(wholeValue(written, after, request), request),
  duration: (context, request) => words(durations, context, request),
  retry: (context, request) => {
    if (/^\d+[ \t]+every[ \t]+\S*$/.test(context.written)) return words(durations, context, request);
    if (/^\d+[ \t]+every[ \t]+\S+[ \t]+\S*$/.test(context.written)) return words(["unsafe"], context, request);
    if (/^\d+[ \t]+\S*$/.test(context.written)) return words(["every", "unsafe"], context, request);
    return /[ \t]/.test(context.written)
      ? []
      : words(["3", "3 every 500ms", "10 every 1s", "30 every 2s"], context, request);
  },
  "failure-code": (context, request) => words(outcomes, context, request),
  prompt: (context, request) => unansweredNames(context, request),
  assertion: assertionItems,
  capture: captureItems,
};

export async function directiveValues(context: ValueContext, request: CompletionRequest): Promise<CompletionItem[]> {
  if (context.name === "tag") return tags(context, request);
  const form = directiveFacts.get(context.name)?.form;
  return (form && (await providers[form]?.(context, request))) ?? [];
}

/** Variables that the request uses and nothing gives a value: what a question is for. */
async function unansweredNames(context: ValueContext, request: CompletionRequest): Promise<CompletionItem[]> {
  const { document, host, place } = request;
  const node = place.block?.request;
  if (!node || /\s/.test(context.written)) return [];
  const variables = new Variables(await knownFiles(document, host), host.environment(document.uri));
  const names = requestSites(document.file, node)
    .filter(({ reference: { kind } }) => kind === "variable" || kind === "encoded")
    .filter(({ reference, from }) => !variables.find(reference.name.text, document.file, from, place.block))
    .map(({ reference }) => reference.name.text);
  return words([...new Set(names)], context, request);
}

/** The tags that other requests of the file have. */
function tags(context: ValueContext, request: CompletionRequest): CompletionItem[] {
  const own = request.place.block;
  const used = request.document.file.blocks.flatMap((block) =>
    block === own
      ? []
      : block.directives.filter(({ name }) => name.text === "tag").flatMap(({ value }) => value.text.split(/[\s,]+/)),
  );
  return words(
    [...new Set(used)].filter((tag) => tag !== ""),
    context,
    request,
  );
}

/** Each takes the place of the word under the cursor. */
function words(values: readonly string[], { written, after }: ValueContext, { document, place }: CompletionRequest) {
  const typed = /[^\s,]*$/.exec(written)?.[0] ?? "";
  const rest = /^[^\s,]*/.exec(after)?.[0] ?? "";
  const range = { start: place.offset - typed.length, end: place.offset + rest.length };
  return values.map((label, rank) => item(document, { label, kind: Kind.Value, range, rank: Math.min(rank, 999) }));
}

function wholeValue(written: string, after: string, { place }: CompletionRequest) {
  return { start: place.offset - written.length, end: place.offset + after.trimEnd().length };
}
