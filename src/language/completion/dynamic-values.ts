import type { CompletionItem } from "vscode-languageserver-types";
import { dynamicValues } from "../../syntax/dynamic-values.ts";
import { codeSpan } from "../markdown.ts";
import { item, Kind } from "./items.ts";
import { type ReferenceContext, replaced } from "./open-reference.ts";
import type { CompletionRequest } from "./request.ts";

/** Values that are made when the request is sent; the cursor goes where their arguments belong. */
export function dynamicItems(context: ReferenceContext, { document }: CompletionRequest): CompletionItem[] {
  return dynamicValues
    .filter(({ place }) => place === "anywhere")
    .map(({ name, parameters, documentation, example }) => {
      const hasCall = parameters.startsWith("(");
      const takesArguments = parameters !== "" && !parameters.startsWith("[");
      const opening = hasCall ? "(" : takesArguments ? " " : "";
      const closing = (hasCall ? ")" : "") + context.closing;
      return item(document, {
        label: name,
        kind: Kind.Function,
        range: replaced(context),
        text: name + opening + (takesArguments ? "" : closing),
        behind: takesArguments ? closing : "",
        detail: parameters,
        documentation: `${documentation}\n\nExample: ${codeSpan(`{{${example}}}`)}`,
        rank: 60,
      });
    });
}
