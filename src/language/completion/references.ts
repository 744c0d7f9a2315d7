import type { CompletionItem } from "vscode-languageserver-types";
import type { TextRange } from "../../common/range.ts";
import { type KnownFile, knownFiles, knownRequests } from "../known-names.ts";
import { dynamicItems } from "./dynamic-values.ts";
import { item, Kind } from "./items.ts";
import { type ReferenceContext, replaced } from "./open-reference.ts";
import type { CompletionRequest } from "./request.ts";
import { responseItems } from "./response-parts.ts";
import { environmentNames } from "./secret-names.ts";
import { variableItems } from "./variable-names.ts";

/** What can stand between `{{` and `}}`, as far as it is written. */
export async function references(context: ReferenceContext, request: CompletionRequest): Promise<CompletionItem[]> {
  const { written } = context;
  const [, source] = /^\$(env\.|(?:processEnv|dotenv|secret)[ \t]+%?)\S*$/.exec(written) ?? [];
  if (source !== undefined) return environmentNames(source, context, request);
  const files = await knownFiles(request.document, request.host);
  const parts = responseItems(context, request, files);
  if (parts) return parts;
  if (/^%[^\s]*$/.test(written)) return variableItems(context, request, files, 1);
  if (/\s/.test(written)) return [];
  if (written.startsWith("$")) {
    return [...environmentNames(undefined, context, request), ...dynamicItems(context, request)];
  }
  return [
    ...variableItems(context, request, files, 0),
    ...requestItems(context, request, files),
    ...environmentNames(undefined, context, request),
    ...dynamicItems(context, request),
  ];
}

/** Whole references with their braces, for a place where one should stand. */
export async function bracedReferences(
  { start, end }: TextRange,
  request: CompletionRequest,
): Promise<CompletionItem[]> {
  const items = await references({ kind: "reference", written: "", start, end, closing: "}}" }, request);
  return items.map((found) => {
    const { textEdit } = found;
    return textEdit ? { ...found, textEdit: { ...textEdit, newText: `{{${textEdit.newText}` } } : found;
  });
}

/** The named requests whose exchanges a reference can ask for: names with blanks cannot stand in one. */
function requestItems(
  context: ReferenceContext,
  { document }: CompletionRequest,
  files: readonly KnownFile[],
): CompletionItem[] {
  return knownRequests(files)
    .filter(({ name }) => /^[^\s{}()"'=$%.]+$/u.test(name))
    .map(({ name }) =>
      item(document, {
        label: name,
        kind: Kind.Module,
        range: replaced(context),
        text: `${name}.`,
        behind: context.closing,
        detail: "A part of this request's last exchange",
        rank: 40,
        goesOn: true,
      }),
    );
}
