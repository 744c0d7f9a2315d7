import type { RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** Fields about the connection (RFC 9110 section 7.6.1), each with why a request file cannot set it. */
const managed: ReadonlyMap<string, string> = new Map([
  ["transfer-encoding", "Padlock frames the body itself."],
  ["keep-alive", "Padlock keeps connections open itself."],
  ["upgrade", "Padlock does not change the protocol of a connection."],
  ["expect", 'Only "100-continue" can be expected.'],
  ["connection", 'Padlock manages the connection itself; only "close" and "keep-alive" can be sent.'],
]);

/** Values that can be sent nevertheless. */
const sendable: ReadonlyMap<string, RegExp> = new Map([
  ["expect", /^100-continue$/i],
  ["connection", /^(?:close|keep-alive)$/i],
]);

/** Headers that refuse the request when it is sent. */
export function checkManagedHeaders({ requests }: RuleContext, report: Report): void {
  for (const { fields } of requests) {
    for (const { key, node } of fields) {
      const reason = managed.get(key);
      if (reason === undefined) continue;
      const { name, value, range } = node;
      const allowed = sendable.get(key);
      if (allowed && (value.text.includes("{{") || allowed.test(value.text))) continue;
      report(range, `The header "${name.text}" cannot be set. ${reason} Remove the line.`);
    }
  }
}
