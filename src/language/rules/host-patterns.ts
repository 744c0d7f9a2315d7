/**
 * Whether a pattern of `padlock.secrets` allows the URL's host and port, as settings do it when a request is sent, but
 * for patterns that are only being typed: one that is not well formed allows nothing.
 */
export function allowsHost(pattern: string, target: URL): boolean {
  const [, wildcard, host = "", port] = /^(\*\.)?(\[[^\]]*\]|[^:[\]*]+)(?::(\d{1,5}|\*))?$/.exec(pattern) ?? [];
  const named = host === "" ? undefined : (URL.parse(`https://${host}/`) ?? undefined);
  if (named === undefined || named.port !== "" || named.pathname !== "/" || named.username !== "") return false;
  return hostFits(withoutDot(named.hostname), wildcard !== undefined, target) && portFits(port, target);
}

/** The narrowest pattern that allows the URL: `api.example.com`, `[::1]:8443`. */
export function narrowestPattern(target: URL): string {
  return withoutDot(target.hostname) + (target.port === "" ? "" : `:${target.port}`);
}

function hostFits(host: string, wildcard: boolean, target: URL): boolean {
  const asked = withoutDot(target.hostname);
  return wildcard ? asked.endsWith(`.${host}`) && asked.length > host.length + 1 : asked === host;
}

function portFits(port: string | undefined, target: URL): boolean {
  if (port === "*") return true;
  // A URL drops the port that is its scheme's default.
  if (port === undefined) return target.port === "";
  return Number(port) === Number(target.port || (target.protocol === "http:" ? 80 : 443));
}

function withoutDot(host: string): string {
  return host.endsWith(".") ? host.slice(0, -1) : host;
}
