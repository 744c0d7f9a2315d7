import type { HeaderField } from "../../syntax/index.ts";
import type { RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** Fields that are no lists: with two of them each server chooses another one (RFC 9110 sections 5.3, 7.2, 8.6). */
const single = new Set(["host", "content-length", "content-type", "authorization"]);

/** A second field of a name that a request has once. */
export function checkSingleHeaders({ requests }: RuleContext, report: Report): void {
  for (const { fields } of requests) {
    if (fields.length < 2) continue;
    const seen = new Map<string, HeaderField>();
    for (const { key, node } of fields) {
      if (!single.has(key)) continue;
      const first = seen.get(key);
      if (!first) {
        seen.set(key, node);
        continue;
      }
      report(node.range, `A request has only one "${node.name.text}" header. Remove all but one.`, {
        related: [{ range: first.range, message: "The first one stands here." }],
      });
    }
  }
}
