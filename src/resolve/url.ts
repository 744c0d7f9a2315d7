import { percentEncode, unfitForUrl } from "../secrets/index.ts";
import { badUrl } from "./bad-url.ts";
import { skeletonOf } from "./skeleton.ts";
import type { Target } from "./target.ts";
import { fill, valuesOf } from "./template.ts";
import type { ValueReader } from "./value-reader.ts";

/**
 * The URL to send: path and query put behind the origin, without the fragment. What cannot stand in a URL is
 * percent-encoded in values, so that none starts a fragment; none may climb out of the path that its author wrote.
 * @throws {Failure} `value.bad-url`, and those of reading a secret
 */
export function buildUrl(target: Target, origin: URL, values: ValueReader): URL {
  const rest = fill(target.rest, (piece) => percentEncode(values.readForHead(piece, "the URL"), unfitForUrl));
  refuseClimbing(target, rest);
  const url = URL.parse(`${origin.origin}${rest}`);
  if (!url || url.origin !== origin.origin || url.username !== "") {
    const fix = 'Write the URL as "https://host/path?query".';
    throw badUrl("The URL is not valid", `${target.shown} cannot be read as a URL.`, fix, target.location);
  }
  url.hash = "";
  return url;
}

/** `..` in a value, as in `/users/{{id}}` with `../admin`, would lead to another resource than the one that is shown. */
function refuseClimbing(target: Target, rest: string): void {
  const [first] = valuesOf(target.rest);
  if (!first || dotSegments(rest) <= dotSegments(skeletonOf(target.rest))) return;
  throw badUrl(
    "A value may not change the path that it stands in",
    `With its values the path of ${target.shown} has a "." or ".." between its slashes that is not written in the file, and would lead elsewhere.`,
    "Use a value without such a part, or write {{%name}} to send its slashes percent-encoded.",
    first.value.location,
  );
}

/** A URL parser takes these out of a path, percent-encoded ones and those behind a backslash too (WHATWG URL §4.4). */
function dotSegments(text: string): number {
  const [path = ""] = text.split(/[?#]/, 1);
  return path.split(/[/\\]/).filter((segment) => /^(?:\.|%2e){1,2}$/i.test(segment)).length;
}
