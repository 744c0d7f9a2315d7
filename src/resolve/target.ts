import type { SourceLocation } from "../common/range.ts";
import { badUrl } from "./bad-url.ts";
import type { SecretReader } from "./secret-reader.ts";
import { cut, skeletonOf } from "./skeleton.ts";
import { type SecretPiece, shownTemplate, type Template } from "./template.ts";

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
  /** The secret that the URL starts with: its value is in the other parts as if the author had written it. */
  readonly base: SecretPiece | undefined;
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
 * Tells scheme, user name, host and path apart in what the author wrote, before any secret is put in: a secret can
 * fill one of them but never end it. Only a secret at the very start may bring a scheme, host and path of its own, as
 * in `{{$env.BASE_URL}}/users`; what it forms is checked as the host of that secret.
 * @throws {Failure} `value.bad-url`, and those of reading the secret at the start
 */
export function readTarget(url: Located, hostHeader: Located | undefined, secrets: SecretReader): Target {
  const { location } = url;
  const shown = shownTemplate(url.template);
  const base = baseOf(url.template);
  const template = base
    ? [{ kind: "text" as const, text: readBase(base, secrets) }, ...url.template.slice(1)]
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

/** The secret at the very start, unless an `@` behind it says that it is a user name. */
function baseOf(url: Template): SecretPiece | undefined {
  const first = url[0];
  const [authority = ""] = /^[^/\\?#]*/.exec(skeletonOf(url)) ?? [];
  return first?.kind === "secret" && !authority.includes("@") ? first : undefined;
}

function readBase(base: SecretPiece, secrets: SecretReader): string {
  const value = secrets.readForHead(base, "the URL");
  secrets.hideUrlParts(base, value);
  if (!/[\s#\\]/.test(value)) return value;
  throw badUrl(
    `The value of ${base.written} is not the start of a URL`,
    `${base.written} stands at the start of the URL, but its value holds a blank, "#" or "\\", which would cut off what follows.`,
    `Set ${base.name} to something like "https://api.example.com/v1".`,
    base.location,
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
