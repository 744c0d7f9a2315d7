import type { CompletionItem, CompletionList, Position } from "vscode-languageserver-types";
import type { LanguageDocument } from "../document.ts";
import { httpVersions } from "../facts/http-versions.ts";
import type { LanguageHost } from "../host.ts";
import { type CompletionContext, contextAt } from "./context.ts";
import { directiveNames } from "./directive-names.ts";
import { directiveValues } from "./directive-values.ts";
import { headerNames } from "./header-names.ts";
import { headerValues } from "./header-values.ts";
import { item, Kind } from "./items.ts";
import { methods } from "./methods.ts";
import { origins } from "./origins.ts";
import { paths } from "./paths.ts";
import { references } from "./references.ts";
import type { CompletionRequest } from "./request.ts";
import { runNames, runTargets } from "./request-names.ts";

/** What can be typed at a place. Secrets and private variables are offered by their names alone. */
export async function completion(
  document: LanguageDocument,
  position: Position,
  host: LanguageHost,
): Promise<CompletionList> {
  const { place, context } = contextAt(document, document.lines.offsetAt(position));
  return { isIncomplete: false, items: [...(await itemsFor(context, { document, host, place }))] };
}

async function itemsFor(context: CompletionContext, request: CompletionRequest): Promise<readonly CompletionItem[]> {
  switch (context.kind) {
    case "reference":
      return references(context, request);
    case "request-start":
      return [...methods(context, request), ...(await origins(context, request))];
    case "method":
      return methods(context, request);
    case "origin":
      return origins(context, request);
    case "http-version":
      return httpVersions.map((version, rank) =>
        item(request.document, { ...version, kind: Kind.Constant, range: context.range, rank }),
      );
    case "header-name":
      return headerNames(context, request);
    case "header-value":
      return headerValues(context, request);
    case "directive-name":
      return directiveNames(context, request);
    case "directive-value":
      return directiveValues(context, request);
    case "path":
      return paths(context, request);
    case "run-target":
      return [...(await runTargets(context, request)), ...(await paths({ ...context, kind: "path" }, request))];
    case "run-name":
      return runNames(context, request);
    case "none":
      return [];
  }
}
