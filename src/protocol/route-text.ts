import { isLoopbackAddress } from "../common/loopback.ts";
import type { ConnectionReport, ProxyReport } from "../transport/report.ts";

/** `proxy.example.com:3128 (HTTPS_PROXY)`: a proxy and who named it; of another kind than HTTP with its scheme. */
export function proxyText({ kind, source, ...proxy }: Pick<ProxyReport, "kind" | "host" | "port" | "source">): string {
  return `${kind === "http" ? "" : `${kind}://`}${proxyAddress(proxy)} (${source})`;
}

/** `proxy.example.com:3128`, `[::1]:1080`. */
export function proxyAddress({ host, port }: Pick<ProxyReport, "host" | "port">): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** The other end is a socket or a loopback address; a proxy there only passes on. */
export function isOnThisMachine({ socketPath, proxy, remoteAddress }: ConnectionReport): boolean {
  return Boolean(socketPath) || (!proxy && isLoopbackAddress(remoteAddress ?? ""));
}
