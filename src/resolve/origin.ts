import { Failure } from "../common/failure.ts";
import { isHostName } from "../common/host-name.ts";
import { isLoopbackHost } from "../common/loopback.ts";
import { checkListed } from "../secrets/index.ts";
import { patternFor, type Settings } from "../settings/index.ts";
import { badUrl } from "./bad-url.ts";
import { checkScheme } from "./check-hop.ts";
import { checkSecrets } from "./check-secrets.ts";
import { skeletonOf } from "./skeleton.ts";
import type { Target } from "./target.ts";
import {
  boundSecrets,
  fill,
  isOnlyEnvironment,
  isPublic,
  shownTemplate,
  type ValuePiece,
  valuesOf,
} from "./template.ts";
import type { ValueReader } from "./value-reader.ts";

/**
 * Scheme, host and port of the request: what every secret is checked against. The values that form the host are
 * read here; the secrets in them must be allowed for the host that they form.
 * @throws {Failure} `value.bad-url`, `policy.plain-http`, `policy.secret-host`, `policy.unverified-host`, and those of
 *   reading a secret
 */
export function readOrigin(target: Target, settings: Settings, values: ValueReader): URL {
  refuseOpenEnd(target);
  const text = fill(target.host, (piece) => readHostPart(piece, values));
  const origin = parseOrigin(`${target.scheme}://${text}/`);
  if (!origin || text === "") {
    const detail = `${shownTemplate(target.host) || target.shown} is not a host name or address with an optional port.`;
    throw badUrl(
      "The URL's host is not valid",
      detail,
      'Write the URL as "https://host:port/path".',
      target.hostLocation,
    );
  }
  hideHost(target, origin, values);
  for (const piece of [...(target.base ? [target.base] : []), ...valuesOf(target.host)]) {
    const forbidden = boundSecrets(piece.value).find((name) => !checkListed(settings, name, origin).ok);
    if (forbidden !== undefined) throw secretHost(forbidden, piece, { target, settings, origin, values });
  }
  const allowed = checkScheme(settings, origin, `Write https: in ${target.shown}.`);
  if (!allowed.ok) throw allowed.error.at(target.location);
  checkSecrets([target.base ? [target.base] : [], target.host], settings, origin);
  return origin;
}

/**
 * The end of a host name says whose it is: "api.example{{answer}}" could lead anywhere. A secret is checked against the
 * host that it forms; an answer or a part of a response is bound to none, so it may be a whole host or stand before the
 * end of one. A public variable is this machine's own configuration.
 */
function refuseOpenEnd({ host, shown }: Target): void {
  const [name = ""] = skeletonOf(host).split(":", 1);
  if (name.length < 2 || !name.endsWith("\0")) return;
  const last = valuesOf(host)[name.split("\0").length - 2];
  if (!last || isPublic(last.value) || boundSecrets(last.value).length > 0) return;
  const { written, location } = last.value;
  throw badUrl(
    `${written} may not be the end of a host name`,
    `The end of the host in ${shown} decides whose server gets the request, and the value of ${written} is not known to this file.`,
    `Write the end of the host name in this file, as in "https://${written}.example.com/".`,
    location,
  );
}

/** A value may be a host, a part of one, or a port, but nothing that ends the host or says who logs in. */
function readHostPart(piece: ValuePiece, values: ValueReader): string {
  const value = values.readForHead(piece, "the URL");
  if (!/[\s/\\?#@%<>^|\p{Cc}]/u.test(value)) return value;
  const { written, name, location } = piece.value;
  throw badUrl(
    `The value of ${written} is not a host`,
    `${written} stands where the URL names its host, but its value holds a character such as "/", "@", "?" or "#" that would send the request elsewhere.`,
    `Make the value of ${name} a host name only, or begin the URL with ${written} if it holds a whole base URL.`,
    location,
  );
}

/** Undefined unless the text is nothing but a scheme, a host and a port. */
function parseOrigin(text: string): URL | undefined {
  const url = URL.parse(text);
  if (!url || !isHostName(url.hostname) || url.username !== "" || url.password !== "") return undefined;
  return url.pathname === "/" && url.search === "" && url.hash === "" ? url : undefined;
}

/** A URL shows a host in lower case and in ASCII: forms that the redactor must know too. */
function hideHost(target: Target, origin: URL, values: ValueReader): void {
  for (const piece of valuesOf(target.host)) values.hide(piece.value, values.read(piece).toLowerCase());
  const [only] = target.base ? [target.base] : skeletonOf(target.host) === "\0" ? valuesOf(target.host) : [];
  if (only) values.hide(only.value, origin.hostname);
}

interface FormedHost {
  readonly target: Target;
  readonly settings: Settings;
  readonly origin: URL;
  readonly values: ValueReader;
}

function secretHost(name: string, piece: ValuePiece, { target, settings, origin, values }: FormedHost): Failure {
  const { value } = piece;
  const isListed = settings.secrets.some((entry) => entry.name === name);
  const mayBePublic = !isListed && isOnlyEnvironment(value, name);
  const host = isWholeHost(values.read(piece), origin) ? patternFor(origin) : undefined;
  const configuration = `If ${name} is configuration, such as a host name, and no secret, ${settings.howToAdd("padlock.publicEnv", JSON.stringify(name))}. `;
  const allow = settings.locate(["padlock.secrets", name])
    ? `add the host that it forms to the list of ${name} in "padlock.secrets" of ${settings.file}`
    : `${settings.howToAdd("padlock.secrets", `${JSON.stringify(name)}: ["…"]`)}, with the host that it forms`;
  return new Failure({
    code: "policy.secret-host",
    title: `The secret ${name} may not be part of this host`,
    detail: `${value.written} forms the host of ${target.shown}, and whoever runs that host's name servers would read it. ${settings.file} does not allow ${name} for the host that it forms. Nothing was sent.`,
    fix: `${mayBePublic ? configuration : ""}If a secret is meant, ${allow}; for one run of the command line use --allow-secret ${name}=HOST with that host.`,
    location: value.location,
    setting: `padlock.secrets › ${name}`,
    wanted: host === undefined ? undefined : { kind: "secret", name, host, mayBePublic },
  });
}

/**
 * May the host be named to a person, and be written into the settings? Only where the value holds a host name as a whole:
 * a part of one would be a secret in clear.
 */
function isWholeHost(value: string, { hostname }: URL): boolean {
  if (!value.toLowerCase().includes(hostname)) return false;
  const isName = hostname.includes(".") && hostname.split(".").every((label) => label.length <= 63);
  return isName || isLoopbackHost(hostname);
}
