import { BlockList, isIP } from "node:net";
import { domainToASCII } from "node:url";

/**
 * Does a `NO_PROXY` list name the URL's host? Its entries, separated by commas or blanks, are `*` for every host, a name
 * for itself and all names below it (with or without a leading `.` or `*.`), an IP address, or addresses in CIDR form;
 * each may end with a port. A name is never looked up to compare it with addresses. What is none of these names nothing.
 */
export function isExempt(list: string, url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const port = url.port === "" ? (url.protocol === "http:" ? "80" : "443") : url.port;
  return list.split(/[\s,]+/).some((entry) => {
    const [, name = entry, onlyPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
    if (onlyPort !== undefined && onlyPort !== port) return false;
    return name === "*" || names(name.replace(/^\[|\]$/g, ""), host);
  });
}

function names(name: string, host: string): boolean {
  if (isIP(host)) return coversAddress(name, host);
  const domain = domainToASCII(name.replace(/^\*?\./, "").replace(/\.$/, "")).toLowerCase();
  return domain !== "" && (host === domain || host.endsWith(`.${domain}`));
}

function coversAddress(text: string, address: string): boolean {
  const [start = "", bits] = text.split("/");
  const list = new BlockList();
  try {
    if (bits === undefined) list.addAddress(start, family(start));
    else if (/^\d{1,3}$/.test(bits)) list.addSubnet(start, Number(bits), family(start));
  } catch {
    // Not an address, or not as many bits as one has.
    return false;
  }
  return list.check(address, family(address));
}

function family(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}
