import { isLoopbackHost } from "../../common/loopback.ts";
import type { Report, RuleContext } from "./rule.ts";

/** `http://` to another machine, also when the URL starts with a variable of the file. */
export function checkPlainHttp({ file, definitions }: RuleContext, report: Report): void {
  for (const { request } of file.blocks) {
    if (!request) continue;
    const url = definitions.expand(request.url.text, request.range.start);
    const host = plainHttpHost(url);
    if (host === undefined || isLoopbackHost(host.toLowerCase())) continue;
    report(
      request.url.range,
      `This request would go to ${host} without encryption, readable to everyone on the way, and is not sent. Write "https://".`,
    );
  }
}

/** The host of an `http:` URL without its port; undefined for other schemes and hosts that are not known here. */
function plainHttpHost(url: string): string | undefined {
  if (!/^http:\/\//i.test(url)) return undefined;
  const authority = url.slice("http://".length).split(/[/?#\\]/, 1)[0] ?? "";
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  if (host === "" || host.includes("{{")) return undefined;
  const bracket = host.startsWith("[") ? host.indexOf("]") : -1;
  return bracket > 0 ? host.slice(0, bracket + 1) : (host.split(":", 1)[0] ?? host);
}
