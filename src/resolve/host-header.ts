import { Failure } from "../common/failure.ts";
import { isHostName } from "../common/host-name.ts";
import type { Located } from "./target.ts";
import { fill, shownTemplate } from "./template.ts";
import type { ValueReader } from "./value-reader.ts";

/**
 * Behind one front end a `Host` header leads to another site (RFC 9110 §7.2) than the one that was verified: a secret
 * must be allowed for both. The origin itself where both name the same host.
 */
export function namedHost({ template, location }: Located, origin: URL, values: ValueReader): URL {
  const text = fill(template, (piece) => values.readForHead(piece, "the Host header"));
  const named = URL.parse(`${origin.protocol}//${text}/`);
  if (named?.hostname === origin.hostname) return origin;
  if (named && isHostName(named.hostname) && /^[^/?#@\\]+$/.test(text)) {
    return new URL(`${origin.protocol}//${named.hostname}${origin.port && `:${origin.port}`}/`);
  }
  throw new Failure({
    code: "value.bad-header",
    title: "The Host header is not a host",
    detail: `${shownTemplate(template)} is not a host name or address with an optional port.`,
    fix: 'Write it as "Host: example.com", or leave it out: the URL\'s host is sent then.',
    location,
  });
}
