/**
 * Is it a name or an address and nothing else? `hostname` is as a URL gives it. URL parsers also take `*.com` and `$(x)`
 * for hosts (URL Standard, "forbidden host code point"): a rule for the first would be one for everybody's servers.
 */
export function isHostName(hostname: string): boolean {
  return /^(?:\[[\da-f:.]+\]|[a-z\d_-]+(?:\.[a-z\d_-]+)*\.?)$/.test(hostname);
}
