import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { err, ok, type Result } from "../common/result.ts";

/** Why a name cannot stand in a server's certificate, as a full sentence, and what to write instead. */
export interface NameProblem {
  readonly reason: string;
  readonly instead: string | undefined;
}

/**
 * Reads what a server is called: a DNS name, one leading `*.` for a whole label (RFC 9525 §6.3), or an IP address.
 * International names become IDNA ASCII, all are in lower case; an IPv6 address stands without brackets.
 */
export function readServerName(text: string): Result<string, NameProblem> {
  const written = text.trim();
  if (written === "") return problem("The name is empty.");
  const address = written.replace(/^\[(.*)\]$/, "$1");
  if (isIP(address) !== 0) return readAddress(address);
  const host = hostIn(written);
  if (host !== undefined) return problem("A certificate is for a host, whatever the scheme, port and path.", host);
  if (written.includes("@")) return problem("A server has no e-mail address; a client certificate may have one.");
  if (/[\s\\?#%<>^|{}[\]:/"'`,;]/.test(written)) return problem("This is not a host name.");
  const isWildcard = written.startsWith("*.");
  const name = isWildcard ? written.slice(2) : written;
  if (name.includes("*")) return problem("A wildcard is one whole part at the beginning, as in *.dev.test.");
  const ascii = domainToASCII(name).toLowerCase().replace(/\.$/, "");
  if (isIP(ascii) !== 0) return problem("Write the IP address in full.", ascii);
  const labels = ascii.split(".");
  if (ascii === "" || !labels.every(isLabel)) return problem("This is not a host name.");
  if (ascii.length > 253) return problem("A host name has 253 characters at most.");
  if (isWildcard && labels.length < 2) {
    return problem("Programs accept a wildcard only before a name of two parts.", `*.dev.${ascii}`);
  }
  return ok(isWildcard ? `*.${ascii}` : ascii);
}

function readAddress(address: string): Result<string, NameProblem> {
  if (isIP(address) === 4) return ok(address);
  if (address.includes("%")) return problem("A certificate knows no zone of an address.", address.replace(/%.*/, ""));
  return ok(new URL(`https://[${address}]`).hostname.slice(1, -1));
}

/** Underscores are no part of host names (RFC 952), but of names that containers give each other. */
function isLabel(label: string): boolean {
  return /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label);
}

/** Of a URL, or of a host with a port. */
function hostIn(written: string): string | undefined {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(written)
    ? written
    : /^[^:/@]+:\d+$/.test(written)
      ? `x://${written}`
      : undefined;
  if (url === undefined) return undefined;
  const host = /^[^/]*\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^:/?#]*)/.exec(url)?.[1]?.replace(/^\[(.*)\]$/, "$1");
  return host === undefined || host === "" || host.includes("://") ? undefined : host;
}

function problem(reason: string, instead?: string): Result<string, NameProblem> {
  return err({ reason, instead });
}
