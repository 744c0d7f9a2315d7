import { percentEncode, unfitForUrl } from "../secrets/index.ts";
import { badUrl } from "./bad-url.ts";
import type { SecretReader } from "./secret-reader.ts";
import type { Target } from "./target.ts";
import { fill } from "./template.ts";

/**
 * The URL to send: path and query put behind the origin, without the fragment. What cannot stand in a URL is
 * percent-encoded in values, so that none starts a fragment.
 * @throws {Failure} `value.bad-url`, and those of reading a secret
 */
export function buildUrl(target: Target, origin: URL, secrets: SecretReader): URL {
  const rest = fill(target.rest, (secret) => percentEncode(secrets.readForHead(secret, "the URL"), unfitForUrl));
  const url = URL.parse(`${origin.origin}${rest}`);
  if (!url || url.origin !== origin.origin || url.username !== "") {
    const fix = 'Write the URL as "https://host/path?query".';
    throw badUrl("The URL is not valid", `${target.shown} cannot be read as a URL.`, fix, target.location);
  }
  url.hash = "";
  return url;
}
