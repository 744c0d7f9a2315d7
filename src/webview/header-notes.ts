export interface HeaderNote {
  readonly level: "ok" | "warning";
  readonly text: string;
}

type Rule = (value: string) => HeaderNote | null;

/** What a header field means for the safety of the connection: one row a field name, in lower case. */
const rules: Readonly<Record<string, Rule>> = {
  "strict-transport-security": hsts,
  "set-cookie": cookie,
};

/** A short remark beside a header field, or null where there is nothing to say. */
export function headerNote(name: string, value: string): HeaderNote | null {
  const key = name.toLowerCase();
  return Object.hasOwn(rules, key) ? (rules[key]?.(value) ?? null) : null;
}

/** RFC 6797, section 6.1. */
function hsts(value: string): HeaderNote {
  const seconds = Number(/(?:^|;)\s*max-age\s*=\s*"?(\d+)/i.exec(value)?.[1] ?? Number.NaN);
  if (!Number.isFinite(seconds)) return { level: "warning", text: "Has no max-age, so browsers ignore it" };
  if (seconds === 0) return { level: "warning", text: "Tells browsers to forget that this host is HTTPS only" };
  const days = Math.floor(seconds / 86_400);
  if (days < 180) return { level: "warning", text: `HTTPS only for ${days === 1 ? "1 day" : `${days} days`}: short` };
  const scope = /;\s*includeSubDomains\s*(?:;|$)/i.test(value) ? ", subdomains too" : "";
  return { level: "ok", text: `Browsers use only HTTPS for ${days} days${scope}` };
}

/** RFC 6265, section 4.1.2. */
function cookie(value: string): HeaderNote | null {
  const attributes = value
    .split(";")
    .slice(1)
    .map((part) => part.trim().toLowerCase());
  const missing = ["Secure", "HttpOnly", "SameSite"].filter(
    (name) =>
      !attributes.some(
        (attribute) => attribute === name.toLowerCase() || attribute.startsWith(`${name.toLowerCase()}=`),
      ),
  );
  if (missing.length === 0) return { level: "ok", text: "Secure, HttpOnly and SameSite are set" };
  return { level: "warning", text: `Lacks ${missing.join(", ")}` };
}
