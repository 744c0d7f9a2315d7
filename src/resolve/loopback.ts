/** This machine only: `localhost` and names below it (RFC 6761 §6.3), 127.0.0.0/8 and ::1. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname.replace(/\.$/, "");
  return host === "localhost" || host.endsWith(".localhost") || /^127(?:\.\d+){3}$/.test(host) || host === "[::1]";
}
