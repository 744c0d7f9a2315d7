import type { CompletionItem } from "vscode-languageserver-types";
import { directiveFacts } from "../../syntax/index.ts";
import { directiveDocumentation } from "../facts/directive-documentation.ts";
import { item, Kind } from "./items.ts";
import type { CompletionRequest, ContextOf } from "./request.ts";

/** Directives in the order of their table. */
export function directiveNames(
  { range, after }: ContextOf<"directive-name">,
  { document }: CompletionRequest,
): CompletionItem[] {
  return [...directiveFacts].map(([name, fact], rank) => {
    const { value } = fact;
    const takesValue = value !== "none" && !/^[ \t]/.test(after);
    return item(document, {
      label: name,
      kind: Kind.Property,
      range,
      text: takesValue ? `${name} ` : name,
      documentation: directiveDocumentation(fact),
      // What refuses the request comes last.
      rank: fact.supported ? rank : 100 + rank,
      goesOn: takesValue && value === "required",
    });
  });
}
