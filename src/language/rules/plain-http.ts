import { isLoopbackHost } from "../../common/loopback.ts";
import type { RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** `http://` to another machine, also when the URL starts with a variable of the file or of the environment. */
export function checkPlainHttp({ requests }: RuleContext, report: Report): void {
  for (const { target, node } of requests) {
    if (target?.url.protocol !== "http:" || isLoopbackHost(target.url.hostname)) continue;
    report(
      node.url.range,
      `This request would go to ${target.url.hostname} without encryption, readable to everyone on the way, and is not sent unless your own padlock.plainHttpHosts names the host. Write "https://".`,
    );
  }
}
