import { code } from "./characters.ts";

/**
 * True for text that is surely a URL even without a known method before it. Prose must not become a request, so that
 * a host of one label needs a port, and a URL with blanks in it a scheme, a path or a reference at its start.
 */
export function looksLikeTarget(text: string): boolean {
  if (hasScheme(text) || text.startsWith("{{") || (text.startsWith("/") && !text.startsWith("//"))) return true;
  return !/[ \t]/.test(text) && startsWithHost(text);
}

/** `https://`: a scheme as in RFC 3986 section 3.1, followed by an authority. */
export function hasScheme(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

const endOfHost = /[:/?#]/;
const neverInHost = /[@=,;"'()<>[\]\\]/;

/** `localhost`, a name with a dot inside, or any name with a port; bracketed addresses too. */
function startsWithHost(text: string): boolean {
  const bracket = text.startsWith("[") ? text.indexOf("]") : 0;
  if (bracket < 0) return false;
  if (bracket > 0) return /^\[[0-9a-f:.]+\]$/i.test(text.slice(0, bracket + 1));
  const found = text.search(endOfHost);
  const end = found < 0 ? text.length : found;
  const host = text.slice(0, end);
  if (host === "" || neverInHost.test(host)) return false;
  if (text.charCodeAt(end) === code.colon) return /^(?:\d|\{\{)/.test(text.slice(end + 1, end + 3));
  const dot = host.indexOf(".");
  return host.toLowerCase() === "localhost" || (dot > 0 && dot < host.length - 1);
}
