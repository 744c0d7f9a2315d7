import type { ProxyRoute } from "../../settings/tls-profile.ts";

/** `proxy.example.com:3128`, `[::1]:1080`: host and port as RFC 3986 §3.2 writes them. */
export function authority({ host, port }: Pick<ProxyRoute, "host" | "port">): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
