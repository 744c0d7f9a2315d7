import { isHostName } from "../../common/host-name.ts";
import { narrowestPattern } from "./host-patterns.ts";

/** Where a request goes; one object for each, however many requests go there. */
export interface Target {
  /** Scheme, host and port, with the path `/`. */
  readonly url: URL;
  /** The host pattern of the settings that allows this and nothing else. */
  readonly pattern: string;
}

/** Of the start of a URL: scheme, user and host, and whatever follows. Undefined for none, and for other schemes. */
export function targetOf(start: string): Target | undefined {
  const [, scheme = "https:", rest = ""] = /^(?:([a-z][a-z0-9+.-]*:)\/\/)?([\s\S]*)$/i.exec(start) ?? [];
  const [authority = ""] = rest.split(/[/\\?#]/, 1);
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  if (!/^https?:$/i.test(scheme) || host === "" || /[\s{}]/.test(host)) return undefined;
  const url = URL.parse(`${scheme}//${host}/`);
  return url && isHostName(url.hostname) ? { url, pattern: narrowestPattern(url) } : undefined;
}
