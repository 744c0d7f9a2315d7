/** What the code action hands to the command. */
export interface AllowRequest {
  readonly name: string;
  readonly host: string;
}

/** Any extension and any key binding can call a command. */
export function isAllowRequest(value: unknown): value is AllowRequest {
  if (typeof value !== "object" || value === null) return false;
  const { name, host } = value as Partial<Record<keyof AllowRequest, unknown>>;
  const isName = typeof name === "string" && /^[^\s={}\0]{1,200}$/.test(name);
  return isName && typeof host === "string" && hostPattern.test(host);
}

/** The form of a key in `padlock.hosts`, as package.json has it: no scheme, no path, no user name, no second wildcard. */
const hostPattern = /^(?:\*\.)?(?:\[[0-9A-Fa-f:.]+\]|[^\s/\\?#@%<>^|{}:[\]*]+)(?::(?:\d{1,5}|\*))?$/;

/**
 * `padlock.secrets` of the workspace folder with one more host. A list in the folder's settings takes the place of the
 * same secret's list elsewhere, so what holds there is kept.
 * @param own The folder's own value.
 * @param effective What holds now, from all settings together.
 */
export function withAllowedHost(own: unknown, effective: unknown, { name, host }: AllowRequest): object {
  const hosts = hostsOf(effective, name);
  return { ...recordOf(own), [name]: hosts.includes(host) ? hosts : [...hosts, host] };
}

function hostsOf(secrets: unknown, name: string): readonly unknown[] {
  const record = recordOf(secrets);
  const hosts = Object.hasOwn(record, name) ? record[name] : undefined;
  return Array.isArray(hosts) ? hosts : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
