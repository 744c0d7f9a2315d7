import { Failure } from "../common/failure.ts";
import { isLoopbackHost } from "../common/loopback.ts";
import { checkSecret, type Redactor } from "../secrets/index.ts";
import { patternFor, type Settings } from "../settings/index.ts";
import { badUrl } from "./bad-url.ts";
import type { SecretReader } from "./secret-reader.ts";
import { skeletonOf } from "./skeleton.ts";
import type { Target } from "./target.ts";
import { fill, type SecretPiece, secretsOf, shownTemplate } from "./template.ts";

/**
 * Scheme, host and port of the request: what every secret is checked against. The secrets that form the host are
 * read here, and must be allowed for the host that they form.
 * @throws {Failure} `value.bad-url`, `policy.plain-http`, `policy.secret-host`, and those of reading a secret
 */
export function readOrigin(target: Target, settings: Settings, secrets: SecretReader, redactor: Redactor): URL {
  const text = fill(target.host, (secret) => readHostPart(secret, secrets));
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
  hideHost(target, origin, secrets, redactor);
  for (const secret of [...(target.base ? [target.base] : []), ...secretsOf(target.host)]) {
    if (!checkSecret(settings, secret.name, origin).ok) throw secretHost(secret, target, settings);
  }
  if (origin.protocol === "http:" && !isLoopbackHost(origin.hostname)) throw plainHttp(origin, target);
  return origin;
}

/** A value may be a host, a part of one, or a port, but nothing that ends the host or says who logs in. */
function readHostPart(secret: SecretPiece, secrets: SecretReader): string {
  const value = secrets.readForHead(secret, "the URL");
  if (!/[\s/\\?#@%<>^|\p{Cc}]/u.test(value)) return value;
  throw badUrl(
    `The value of ${secret.written} is not a host`,
    `${secret.written} stands where the URL names its host, but its value holds a character such as "/", "@", "?" or "#" that would send the request elsewhere.`,
    `Set ${secret.name} to a host name only, or begin the URL with ${secret.written} if it holds a whole base URL.`,
    secret.location,
  );
}

/** Undefined unless the text is nothing but a scheme, a host and a port. */
function parseOrigin(text: string): URL | undefined {
  const url = URL.parse(text);
  if (!url || url.hostname === "" || url.username !== "" || url.password !== "") return undefined;
  return url.pathname === "/" && url.search === "" && url.hash === "" ? url : undefined;
}

/** A URL shows a host in lower case and in ASCII: forms that the redactor must know too. */
function hideHost(target: Target, origin: URL, secrets: SecretReader, redactor: Redactor): void {
  for (const secret of secretsOf(target.host)) redactor.add(secret.name, secrets.read(secret).toLowerCase());
  const [only] = target.base ? [target.base] : skeletonOf(target.host) === "\0" ? secretsOf(target.host) : [];
  if (only) redactor.add(only.name, origin.hostname);
}

function secretHost(secret: SecretPiece, target: Target, settings: Settings): Failure {
  return new Failure({
    code: "policy.secret-host",
    title: `The secret ${secret.name} may not be part of this host`,
    detail: `${secret.written} forms the host of ${target.shown}, and whoever runs that host's name servers would read it. ${settings.file} does not allow ${secret.name} for the host that it forms. Nothing was sent.`,
    fix: `If it is meant, add the host that it forms to ${settings.file}: "padlock.secrets": { ${JSON.stringify(secret.name)}: ["…"] }`,
    location: secret.location,
    setting: `padlock.secrets › ${secret.name}`,
  });
}

function plainHttp(origin: URL, target: Target): Failure {
  const host = patternFor(origin);
  return new Failure({
    code: "policy.plain-http",
    title: `http://${host} is not encrypted`,
    detail: `Anybody on the way could read and change the request. Plain http: is only for this machine (localhost, 127.0.0.1, [::1]). Nothing was sent.`,
    fix: `Write https: in ${target.shown}.`,
    location: target.location,
  });
}
