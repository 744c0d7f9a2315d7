import type { CompletionItem } from "vscode-languageserver-types";
import { type HeaderValueFact, headerValues as knownValues } from "../facts/header-values.ts";
import { item, Kind } from "./items.ts";
import { knownOrigins } from "./origins.ts";
import { bracedReferences } from "./references.ts";
import type { CompletionRequest, ContextOf } from "./request.ts";

/** What stands behind an authentication scheme is a secret: it comes from elsewhere. */
const credentials = /^[\w-]+[ \t]+([^\s{}]*)$/;

export async function headerValues(
  context: ContextOf<"header-value">,
  request: CompletionRequest,
): Promise<CompletionItem[]> {
  const [, typed] = /^(?:proxy-)?authorization$/i.test(context.name) ? (credentials.exec(context.written) ?? []) : [];
  if (typed === undefined) return listedValues(context, request);
  const { offset } = request.place;
  const [rest = ""] = /^[^\s{}]*/.exec(context.after) ?? [];
  return bracedReferences({ start: offset - typed.length, end: offset + rest.length }, request);
}

/** Values by the name of the field; in a list those of the entry under the cursor, behind a `;` its parameters. */
function listedValues(
  { name, written, after }: ContextOf<"header-value">,
  { document, place }: CompletionRequest,
): CompletionItem[] {
  const known = knownValues.get(name.toLowerCase()) ?? fromFile(name, document.file);
  if (!known) return [];
  const entry = known.isList ? lastPart(written, ",") : written;
  const isParameter = entry.includes(";");
  const typed = (isParameter ? lastPart(entry, ";") : entry).trimStart();
  const rest = (known.isList ? /^[^,;]*/ : /^[^;]*/).exec(after)?.[0].trimEnd() ?? "";
  const range = { start: place.offset - typed.length, end: place.offset + rest.length };
  const facts: readonly HeaderValueFact[] = isParameter ? known.parameters : known.values;
  return facts.map(({ value, documentation, snippet }, rank) => {
    const [text = value, behind = ""] = snippet?.split("$0") ?? [];
    const goesOn = snippet?.includes("{{") === true;
    return item(document, { label: value, kind: Kind.Value, range, text, behind, detail: documentation, rank, goesOn });
  });
}

function fromFile(name: string, file: Parameters<typeof knownOrigins>[0]) {
  const values = (texts: readonly string[]) => ({
    isList: false,
    values: texts.map((value) => ({ value, documentation: "A URL of this file" })),
    parameters: [],
  });
  const urls = knownOrigins(file);
  switch (name.toLowerCase()) {
    case "host":
      return values([...new Set(urls.flatMap((url) => /^[^/]+:\/\/(?:[^@]*@)?(.+)$/.exec(url)?.[1] ?? []))]);
    case "origin":
      return values(urls);
    case "referer":
      return values(urls.map((url) => `${url}/`));
    default:
      return undefined;
  }
}

/** What stands behind the last separator that is not inside quotes. */
function lastPart(text: string, separator: string): string {
  let start = 0;
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"' && text[i - 1] !== "\\") isQuoted = !isQuoted;
    else if (text[i] === separator && !isQuoted) start = i + 1;
  }
  return text.slice(start);
}
