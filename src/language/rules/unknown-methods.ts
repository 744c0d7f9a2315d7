import { nearName } from "../../common/near-name.ts";
import { isKnownMethod, knownMethods } from "../../syntax/index.ts";
import type { Report, RuleContext } from "./rule.ts";

/** A method of its own is allowed, but mostly a typing error. Those of other protocols are the parser's matter. */
export function checkUnknownMethods({ file }: RuleContext, report: Report): void {
  const refused = new Set(file.problems.filter(({ severity }) => severity === "error").map(({ range }) => range.start));
  for (const { request } of file.blocks) {
    const method = request?.method;
    if (!method || method.text.includes("{{") || isKnownMethod(method.text) || refused.has(method.range.start))
      continue;
    const near = nearName(method.text, knownMethods);
    report(
      method.range,
      `"${method.text}" is not a registered HTTP method; it is sent as written.${near ? ` Did you mean "${near}"?` : ""}`,
    );
  }
}
