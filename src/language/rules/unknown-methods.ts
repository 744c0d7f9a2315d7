import { isKnownMethod, knownMethods } from "../../syntax/index.ts";
import type { RuleContext } from "./context.ts";
import { NearNames } from "./near-names.ts";
import type { Report } from "./rule.ts";

/** A method of its own is allowed, but mostly a typing error. Those of other protocols are the parser's matter. */
export function checkUnknownMethods({ file, requests }: RuleContext, report: Report): void {
  const nearNames = new NearNames(() => knownMethods);
  let refused: ReadonlySet<number> | undefined;
  for (const { node } of requests) {
    const { method } = node;
    if (!method || method.text === "GRAPHQL" || method.text.includes("{{") || isKnownMethod(method.text)) continue;
    refused ??= new Set(file.problems.filter(({ severity }) => severity === "error").map(({ range }) => range.start));
    if (refused.has(method.range.start)) continue;
    const near = nearNames.find(method.text);
    const advice = near === undefined ? "" : ` Did you mean "${near}"?`;
    const details = near === undefined ? {} : { near: { range: method.range, written: method.text, text: near } };
    report(method.range, `"${method.text}" is not a registered HTTP method; it is sent as written.${advice}`, details);
  }
}
