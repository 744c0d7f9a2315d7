import type { RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** Fields about the connection (RFC 9110 section 7.6.1), each with why a request file cannot set it. */
const managed: ReadonlyMap<string, string> = new Map([
  ["transfer-encoding", "Padlock frames the body itself."],
  ["keep-alive", "Padlock keeps connections open itself."],
  ["upgrade", "Padlock does not change the protocol of a connection."],
  ["expect", "Padlock sends the body at once, without asking first."],
  ["connection", 'Padlock manages the connection itself; only "close" and "keep-alive" can be sent.'],
]);

/** Headers that refuse the request when it is sent. */
export function checkManagedHeaders({ requests }: RuleContext, report: Report): void {
  for (const { fields } of requests) {
    for (const { key, node } of fields) {
      const reason = managed.get(key);
      if (reason === undefined) continue;
      const { name, value, range } = node;
      if (key === "connection" && (value.text.includes("{{") || /^(?:close|keep-alive)$/i.test(value.text))) continue;
      report(range, `The header "${name.text}" cannot be set. ${reason} Remove the line.`);
    }
  }
}
