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
