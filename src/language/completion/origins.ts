import type { CompletionItem } from "vscode-languageserver-types";
import type { RequestFile } from "../../syntax/index.ts";
import { definitionsOf } from "../definitions.ts";
import { knownFiles } from "../known-names.ts";
import { visible } from "../markdown.ts";
import { type FoundVariable, Variables } from "../variables.ts";
import { item, Kind } from "./items.ts";
import type { CompletionRequest, ContextOf } from "./request.ts";

const mostOrigins = 50;

/** What URLs of this file start with, the most used first, then variables that hold a URL, then the scheme. */
export async function origins(
  { range, kind }: ContextOf<"origin" | "request-start">,
  request: CompletionRequest,
): Promise<CompletionItem[]> {
  const { document, place } = request;
  const own = place.block?.request?.url;
  const used = knownOrigins(document.file, own?.range.start);
  // On an empty line methods come first.
  const rank = kind === "origin" ? 0 : 100;
  const fromFile = used.map((origin, index) =>
    item(document, {
      label: visible(origin),
      kind: Kind.Module,
      range,
      text: origin,
      filter: origin,
      rank: rank + index,
    }),
  );
  const inVariables = (await urlVariables(request))
    .map(({ name, url }) => ({ text: `{{${name}}}`, url }))
    .filter(({ text }) => !used.includes(text))
    .map(({ text, url }) =>
      item(document, { label: text, kind: Kind.Variable, range, detail: visible(url), rank: rank + mostOrigins }),
    );
  const scheme = item(document, {
    label: "https://",
    kind: Kind.Keyword,
    range,
    detail: "Encrypted and verified",
    rank: rank + mostOrigins + 1,
  });
  return [...fromFile, ...inVariables, scheme];
}

/** Variables whose value is known and starts like a URL. */
async function urlVariables({ document, host, place }: CompletionRequest) {
  const files = await knownFiles(document, host);
  const variables = new Variables(files, host.environment(document.uri));
  const names = new Set([
    ...files.flatMap(({ file }) => [...definitionsOf(file).names]),
    ...Array.from(variables.environment, ({ name }) => name),
  ]);
  return [...names]
    .filter((name) => /^https?:\/\//i.test(writtenValue(variables.find(name, document.file, place.offset)) ?? ""))
    .slice(0, mostOrigins)
    .map((name) => ({ name, url: variables.expand(`{{${name}}}`, document.file, place.offset) }));
}

function writtenValue(found: FoundVariable | undefined): string | undefined {
  if (found?.kind === "definition") return found.definition.value.text;
  return found?.kind === "environment" ? found.variable.value : undefined;
}

const atStart = /^(?:\{\{[^{}]*\}\}[^/?#\s]*|[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+)/i;

/** Scheme and authority, or the reference that stands for them, of all URLs but the one at `except`. */
export function knownOrigins(file: RequestFile, except?: number): readonly string[] {
  const uses = new Map<string, number>();
  for (const { request } of file.blocks) {
    if (!request || request.url.range.start === except) continue;
    const [origin] = atStart.exec(request.url.text.slice(0, 300)) ?? [];
    if (origin !== undefined) uses.set(origin, (uses.get(origin) ?? 0) + 1);
  }
  return [...uses]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostOrigins)
    .map(([origin]) => origin);
}
