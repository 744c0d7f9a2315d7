import type { SourceLocation } from "../common/range.ts";
import { badUrl } from "./bad-url.ts";
import { cut, skeletonOf } from "./skeleton.ts";
import { boundSecrets, isPublic, shownTemplate, type Template, type ValuePiece } from "./template.ts";
import type { ValueReader } from "./value-reader.ts";

/** A request target, taken apart as its author wrote it. */
export interface Target {
  readonly scheme: "https" | "http";
  /** `user:password` before the host; never sent as part of the target. */
  readonly userinfo: Template | undefined;
  /** With the port, if one is written. */
  readonly host: Template;
  readonly hostLocation: SourceLocation;
  /** Path, query and fragment. */
  readonly rest: Template;
  /** The value that the URL starts with: it is in the other parts as if the author had written it. */
  readonly base: ValuePiece | undefined;
  /** The URL with its references as written. */
  readonly shown: string;
  readonly location: SourceLocation;
}

export interface Located {
  readonly template: Template;
  readonly location: SourceLocation;
}

/** Scheme, authority, rest (RFC 3986 §3); a backslash ends the authority as in every URL parser of a browser. */
const parts = /^([a-z][a-z0-9+.-]*:\/\/)?([^/\\?#]*)/i;

/**
 * Tells scheme, user name, host and path apart in what the author wrote, before any value is put in: a value can
 * fill one of them but never end it. Only a value at the very start may bring a scheme, host and path of its own, as
 * in `{{$env.BASE_URL}}/users`; what it forms is checked as the host of every secret in it. The value at the start must be loaded.
 * @throws {Failure} `value.bad-url`, `value.header-injection`
 */
export function readTarget(url: Located, hostHeader: Located | undefined, values: ValueReader): Target {
  const { location } = url;
  const shown = shownTemplate(url.template);
  const base = baseOf(url.template);
  const template = base
    ? [{ kind: "text" as const, text: readBase(base, url.template, values) }, ...url.template.slice(1)]
    : url.template;

  const skeleton = skeletonOf(template);
  const [whole = "", prefix = "", authority = ""] = parts.exec(skeleton) ?? [];
  const scheme = readScheme(prefix, skeleton, shown, location);
  const rest = cut(template, whole.length, skeleton.length);
  const common = { scheme, base, shown, location };

  if (whole === "" && skeleton.startsWith("/")) {
    if (!hostHeader) {
      const fix = 'Add a "Host: example.com" header, or write the whole URL, as in "https://example.com/".';
      throw badUrl("The URL names no host", `${shown} is only a path.`, fix, location);
    }
    return { ...common, userinfo: undefined, host: hostHeader.template, hostLocation: hostHeader.location, rest };
  }
  const at = authority.lastIndexOf("@");
  const userinfo = at < 0 ? undefined : cut(template, prefix.length, prefix.length + at);
  const host = cut(template, prefix.length + at + 1, whole.length);
  return { ...common, userinfo, host, hostLocation: location, rest };
}

/**
 * The value at the very start, unless an `@` behind it says that it is a user name. A value that no host is checked for,
 * such as a part of a response, is one only where it can be all of the host: `{{tenant}}.example.com` stays below
 * example.com. A public variable may also stand before a port.
 */
export function baseOf(url: Template): ValuePiece | undefined {
  const first = url[0];
  if (first?.kind !== "value") return undefined;
  const authority = writtenAuthority(url);
  if (authority.includes("@")) return undefined;
  const isWhole = authority === "\0" || (isPublic(first.value) && !isPartOfHost(url));
  return isWhole || boundSecrets(first.value).length > 0 ? first : undefined;
}

/** Does the host go on behind the value at the start? A port does not change whose host it is. */
function isPartOfHost(url: Template): boolean {
  return !/^\0(?::(?:\d*|\0))?$/.test(writtenAuthority(url));
}

/** The authority of a URL that starts with a value, as its author wrote it. */
function writtenAuthority(url: Template): string {
  return /^[^/\\?#]*/.exec(skeletonOf(url))?.[0] ?? "";
}

function readBase(base: ValuePiece, url: Template, values: ValueReader): string {
  const value = values.readForHead(base, "the URL");
  values.hideUrlParts(base, value);
  const { written, name, location } = base.value;
  if (isPartOfHost(url) && /^[^/]*@|^[a-z][a-z0-9+.-]*:\/\/[^/?]*@/i.test(value)) {
    throw badUrl(
      `The value of ${written} is not the start of a host`,
      `The host goes on behind ${written}, but its value holds "@", so that a part of it would be sent as a user name.`,
      `Change the value of ${name}, or write the user name in the file, as in "https://user:password@host/".`,
      location,
    );
  }
  if (!/[\s#\\]/.test(value)) return value;
  throw badUrl(
    `The value of ${written} is not the start of a URL`,
    `${written} stands at the start of the URL, but its value holds a blank, "#" or "\\", which would cut off what follows.`,
    `It must be something like "https://api.example.com/v1". Change the value of ${name}.`,
    location,
  );
}

function readScheme(prefix: string, skeleton: string, shown: string, location: SourceLocation): Target["scheme"] {
  const fix = 'Write it as "https://host/path".';
  if (prefix === "" && (skeleton.startsWith("//") || /^https?:(?!\d)/i.test(skeleton))) {
    throw badUrl(
      "The URL is not complete",
      `${shown} has no "https://" with both slashes at its start.`,
      fix,
      location,
    );
  }
  const scheme = prefix === "" ? "https" : prefix.slice(0, -"://".length).toLowerCase();
  if (scheme === "https" || scheme === "http") return scheme;
  throw badUrl(
    "The URL is not an https: URL",
    `${shown} starts with "${scheme}:", which cannot be sent.`,
    fix,
    location,
  );
}
