import { isHostName } from "./host-name.ts";

export interface HostPort {
  /** Lower case, IDNA ASCII; an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** `api.example.com:8443`, `[::1]:443`. */
export function hostPortText({ host, port }: HostPort): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/**
 * `api.example.com`, `api.example.com:8443`, `[::1]:8443`, `::1`, or a URL with `https:`, of which the host counts.
 * The port is 443 where none is written. Undefined for everything else.
 */
export function readHostPort(text: string): HostPort | undefined {
  const isBareAddress = /^[\da-f:.]+$/i.test(text) && text.split(":").length > 2;
  const written = text.replace(/^https:\/\//i, "");
  const isUrl = written !== text;
  if (!isUrl && /[/?#@\\]/.test(text)) return undefined;
  if (!URL.canParse(`https://${isBareAddress ? `[${text}]` : written}`)) return undefined;
  const url = new URL(`https://${isBareAddress ? `[${text}]` : written}`);
  if (url.hostname === "" || url.username !== "" || url.password !== "" || url.port === "0") return undefined;
  if (!isHostName(url.hostname)) return undefined;
  return { host: url.hostname.replace(/^\[|\]$/g, ""), port: Number(url.port) || 443 };
}
