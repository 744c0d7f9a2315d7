import type { CompletionItem } from "vscode-languageserver-types";
import { methodFact, methodNames } from "../facts/methods.ts";
import { item, Kind } from "./items.ts";
import type { CompletionRequest, ContextOf } from "./request.ts";

/** Methods in the order in which people need them. */
export function methods(
  { range, after }: ContextOf<"method" | "request-start">,
  { document }: CompletionRequest,
): CompletionItem[] {
  const blank = /^[ \t]/.test(after) ? "" : " ";
  return methodNames.map((name, rank) =>
    item(document, {
      label: name,
      kind: Kind.Method,
      range,
      text: name + blank,
      detail: methodFact(name)?.documentation.replaceAll("`", ""),
      rank,
      goesOn: blank !== "",
    }),
  );
}
