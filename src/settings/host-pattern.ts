import { domainToASCII } from "node:url";
import { err, ok, type Result } from "../common/result.ts";
import type { HostPattern } from "./model.ts";

/** Why a pattern is refused, and what to write instead. */
export interface PatternProblem {
  readonly reason: string;
  readonly instead: string | undefined;
}

/**
 * Reads a host name, an IP address or one leading `*.`, with an optional `:port` or `:*`. Names become IDNA ASCII in
 * lower case without a trailing dot. IP addresses must be written as URLs print them, because `1.2.3` or `0x7f.1`
 * would silently mean another host.
 */
export function parseHostPattern(text: string): Result<HostPattern, PatternProblem> {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text);
  if (scheme) return problem("A host pattern has no scheme", hostOf(text, text.slice(scheme[0].length)));
  if (/[\s/\\?#@%<>^|{}]/.test(text)) {
    return problem("A host pattern is only a host and a port: no path, no user name, no blanks", hostOf(text, text));
  }
  const parts = /^(\*\.)?(\[[^\]]*\]|[^:[\]]*)(?::(.*))?$/.exec(text);
  if (!parts || /^[^[]*:[^[]*:/.test(text)) return problem("An IPv6 address stands in brackets", bracketed(text));
  const wildcard = parts[1] !== undefined;
  const written = parts[2] ?? "";
  if (written === "") return problem("The host is missing", undefined);
  if (written.includes("*")) return problem("Only one leading `*.` is a wildcard", undefined);
  const port = parsePort(parts[3]);
  if (port === undefined) return problem("The port is a number from 1 to 65535, or `*` for any port", written);

  const ascii = domainToASCII(written).toLowerCase();
  if (ascii === "") return problem("This is not a host name", undefined);
  const host = withoutTrailingDot(ascii);
  if (host === "" || host.split(".").includes("")) return problem("A host name has no empty label", undefined);
  if (isAddress(host)) {
    if (wildcard) return problem("An IP address has no wildcard", host);
    if (host !== withoutTrailingDot(written.toLowerCase())) return problem("Write the IP address in full", host);
  }
  return ok({ text, host: withoutBrackets(host), wildcard, port });
}

/** Compares with the URL's host and port as a whole; never with its path, user name or a `Host` header. */
export function matchesHost(pattern: HostPattern, url: URL): boolean {
  const host = comparableHost(url);
  const hostMatches = pattern.wildcard
    ? host.endsWith(`.${pattern.host}`) && host.length > pattern.host.length + 1
    : host === pattern.host;
  return hostMatches && matchesPort(pattern.port, url);
}

/**
 * The entry that counts for a URL: of those that apply in the active environment ("" for none) the one whose pattern is
 * most specific, and of equal patterns the one that names the environment. `readSettings` has refused equal ones.
 */
export function mostSpecific<T extends { readonly pattern: HostPattern; readonly environments?: readonly string[] }>(
  entries: readonly T[],
  url: URL,
  environmentName: string,
): T | undefined {
  return entries
    .filter(
      ({ pattern, environments }) => matchesHost(pattern, url) && (environments?.includes(environmentName) ?? true),
    )
    .sort((a, b) => compareSpecificity(a.pattern, b.pattern) || Number(!a.environments) - Number(!b.environments))[0];
}

/** Two patterns that match exactly the same hosts and ports. */
export function samePattern(a: HostPattern, b: HostPattern): boolean {
  return a.host === b.host && a.wildcard === b.wildcard && a.port === b.port;
}

/** The narrowest pattern that allows this URL: `api.example.com`, `[::1]:8443`. Refusals print it. */
export function patternFor(url: URL): string {
  return withoutTrailingDot(url.hostname) + (url.port === "" ? "" : `:${url.port}`);
}

/** Exact before wildcard, the longer wildcard first, then an explicit port, the default port, any port. */
function compareSpecificity(a: HostPattern, b: HostPattern): number {
  if (a.wildcard !== b.wildcard) return a.wildcard ? 1 : -1;
  if (a.host.length !== b.host.length) return b.host.length - a.host.length;
  return portRank(a.port) - portRank(b.port);
}

function portRank(port: HostPattern["port"]): number {
  return port === "any" ? 2 : port === "default" ? 1 : 0;
}

function matchesPort(port: HostPattern["port"], url: URL): boolean {
  if (port === "any") return true;
  // A URL drops the port that is its scheme's default.
  if (port === "default") return url.port === "";
  return port === Number(url.port === "" ? (url.protocol === "http:" ? 80 : 443) : url.port);
}

function comparableHost(url: URL): string {
  return withoutBrackets(withoutTrailingDot(url.hostname));
}

function parsePort(text: string | undefined): HostPattern["port"] | undefined {
  if (text === undefined) return "default";
  if (text === "*") return "any";
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function isAddress(host: string): boolean {
  return host.startsWith("[") || /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

function withoutTrailingDot(host: string): string {
  return host.endsWith(".") ? host.slice(0, -1) : host;
}

function withoutBrackets(host: string): string {
  return host.startsWith("[") ? host.slice(1, -1) : host;
}

function bracketed(text: string): string | undefined {
  const ascii = domainToASCII(`[${text}]`);
  return ascii === "" ? undefined : ascii;
}

/** The host and port inside a URL that was written where a pattern belongs. */
function hostOf(pattern: string, withoutScheme: string): string | undefined {
  const authority = withoutScheme.split(/[/\\?#]/)[0] ?? "";
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return host !== pattern && parseHostPattern(host).ok ? host : undefined;
}

function problem(reason: string, instead: string | undefined): Result<HostPattern, PatternProblem> {
  return err({ reason, instead });
}
