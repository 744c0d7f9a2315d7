import { Failure } from "../common/failure.ts";
import { err, ok, type Result } from "../common/result.ts";
import { matchesHost, patternFor, type Settings } from "../settings/index.ts";

/**
 * Whether the secret may go to the URL's host. Default deny: only `padlock.secrets` opens a host for a name. Call it
 * again with each URL that a request is sent on to.
 */
export function checkSecret(settings: Settings, name: string, url: URL): Result<void, Failure> {
  const entries = settings.secrets.filter((entry) => entry.name === name);
  const patterns = entries.flatMap((entry) => entry.hosts);
  if (patterns.some((pattern) => matchesHost(pattern, url))) return ok(undefined);

  const host = patternFor(url);
  const allowed = patterns.map((pattern) => pattern.text);
  const location = settings.locate(["padlock.secrets", name]);
  const listed = location ? `${settings.file}:${location.line}` : settings.file;
  const reason =
    entries.length > 0
      ? `${listed} allows it only for ${allowed.length > 0 ? allowed.join(", ") : "no host at all"}`
      : `${settings.file} does not list it`;
  return err(
    new Failure({
      code: "policy.secret-not-allowed",
      title: `The secret ${name} may not go to ${host}`,
      detail: `The request needs ${name} for ${host}, but ${reason}. Nothing was sent.`,
      fix: `If you trust ${host} with it, ${howToAllow(settings, name, host, entries.length > 0)}.`,
      setting: `padlock.secrets › ${name}`,
    }),
  );
}

/** Names the place to grow, because a second "padlock.secrets" in the file would be an error. */
function howToAllow(settings: Settings, name: string, host: string, isListed: boolean): string {
  const pattern = JSON.stringify(host);
  if (isListed) return `add ${pattern} to the list of ${name} in "padlock.secrets" of ${settings.file}`;
  const entry = `${JSON.stringify(name)}: [${pattern}]`;
  if (settings.secrets.length > 0) return `add ${entry} to "padlock.secrets" in ${settings.file}`;
  return `write this into ${settings.file}: "padlock.secrets": { ${entry} }`;
}
