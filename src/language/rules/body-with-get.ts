import type { RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** RFC 9110 sections 9.3.1, 9.3.2: a body has no meaning there, and servers may refuse the request for it. */
export function checkBodyWithGet({ requests }: RuleContext, report: Report): void {
  for (const { node } of requests) {
    const method = node.method?.text.toUpperCase() ?? "GET";
    if (node.body.kind === "none" || (method !== "GET" && method !== "HEAD") || node.dialect === "curl") continue;
    report(
      node.method?.range ?? node.url.range,
      `This ${method} request has a body. It is sent, but many servers ignore or refuse it. Is another method meant?`,
    );
  }
}
