/**
 * Names and addresses of this machine only: `localhost` and names below it (RFC 6761 §6.3), 127.0.0.0/8 and ::1.
 * `host` is as a URL's `hostname` gives it, in lower case; an IPv6 address with or without its brackets.
 */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/\.$/, "");
  return name === "localhost" || name.endsWith(".localhost") || isLoopbackAddress(name.replace(/^\[|\]$/g, ""));
}

/** An IPv4 or IPv6 address as the resolver prints it; also an IPv4 address in IPv6 form (RFC 4291 §2.5.5.2). */
export function isLoopbackAddress(address: string): boolean {
  return address === "::1" || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(address);
}
