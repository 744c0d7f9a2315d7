import type { RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** A `Content-Length`: the framing writes the true one, whatever the file says. */
export function checkContentLength({ requests }: RuleContext, report: Report): void {
  for (const { fields } of requests) {
    for (const { key, node } of fields) {
      if (key !== "content-length") continue;
      report(
        node.range,
        `"${node.name.text}" is worked out when the request is sent; this line has no effect. Remove it.`,
      );
    }
  }
}
