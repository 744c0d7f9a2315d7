import { isHostName } from "../common/host-name.ts";
import { err, ok, type Result } from "../common/result.ts";
import type { ProxyRoute } from "../settings/tls-profile.ts";

/** What a proxy's URL says. */
export type ProxyAddress = Pick<ProxyRoute, "kind" | "host" | "port" | "credentials">;

/** curl writes `socks5h` where the proxy looks the name up; here it always does. */
const kinds: Readonly<Record<string, readonly [kind: ProxyRoute["kind"], defaultPort: number]>> = {
  http: ["http", 80],
  https: ["https", 443],
  socks5: ["socks5", 1080],
  socks5h: ["socks5", 1080],
};

/** Scheme, userinfo, host and port (RFC 3986 §3); the last `@` ends the userinfo, as in curl. Nothing may follow but `/`. */
const form = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^/?#]*)@)?(\[[^\]/?#@]*\]|[^:/?#@[\]]*)(?::([^/?#@]*))?\/?$/i;
const placeholder = /\$\{[^}]*\}/g;

/**
 * Reads the URL of a proxy; without a scheme it is an HTTP proxy. `read` gives what stands for a `${…}`: it takes its
 * place after the parts are told apart, and is not percent-decoded.
 * @returns what is wrong, as the end of "HTTPS_PROXY …"; it quotes nothing that may be a password
 */
export function parseProxyUrl(text: string, read?: (written: string) => string): Result<ProxyAddress, string> {
  if (text.includes("\0")) return err(notUrl);
  const written = read ? (text.match(placeholder) ?? []) : [];
  const skeleton = read ? text.replace(placeholder, "\0") : text;
  const parts = form.exec(skeleton);
  if (!parts) return err(notUrl);
  const [, scheme = "http", userinfo = "", host = "", port] = parts;
  const known = kinds[scheme.toLowerCase()];
  if (!known) return err(`has the scheme "${scheme}:", which is not supported`);
  const [kind, defaultPort] = known;

  const values = written.map((one) => read?.(one) ?? "");
  const fill = (part: string) => part.replaceAll("\0", () => values.shift() ?? "");
  const credentials = readCredentials(userinfo, values, kind);
  if (typeof credentials === "string") return err(credentials);
  const name = readHost(fill(host));
  if (name === undefined) return err("does not name a host");
  const number = port === undefined ? defaultPort : readPort(fill(port));
  if (number === undefined) return err("has a port that is not a number from 1 to 65535");
  return ok({ kind, host: name, port: number, ...(credentials && { credentials }) });
}

const notUrl = "is not the URL of a proxy";

/** Takes the first of `values`. A string is a problem. */
function readCredentials(
  userinfo: string,
  values: string[],
  kind: ProxyRoute["kind"],
): ProxyAddress["credentials"] | string {
  if (userinfo === "") return undefined;
  const colon = userinfo.indexOf(":");
  const read = (part: string) =>
    part
      .split("\0")
      .map(decode)
      .reduce((text, piece) => text + (values.shift() ?? "") + piece);
  try {
    const username = read(colon < 0 ? userinfo : userinfo.slice(0, colon));
    const password = colon < 0 ? "" : read(userinfo.slice(colon + 1));
    if (/\p{Cc}/u.test(username + password)) return "has a control character in its user name or password";
    // RFC 7617 §2: the first colon would end the user name.
    if (kind !== "socks5" && username.includes(":")) return "has a colon in its user name";
    const isLong = [username, password].some((one) => Buffer.byteLength(one) > 255);
    if (kind === "socks5" && isLong) return "has a user name or password of more than 255 bytes (RFC 1929)";
    return { username, password };
  } catch {
    return 'has a "%" in its user name or password that is not followed by two hexadecimal digits; write it as %25';
  }
}

/** @throws {URIError} */
function decode(text: string): string {
  return decodeURIComponent(text);
}

/** As URLs have it: IDNA ASCII in lower case, an address in its shortest form. */
function readHost(text: string): string | undefined {
  const url = text === "" ? null : URL.parse(`https://${text}/`);
  const rest = url && url.username + url.password + url.port + url.search + url.hash;
  if (!url || rest !== "" || url.pathname !== "/" || !isHostName(url.hostname)) return undefined;
  return url.hostname.replace(/^\[|\]$/g, "");
}

function readPort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}
