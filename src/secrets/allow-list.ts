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
      fix: `If you trust ${host} with it, write this into ${settings.file}: ${settingFor(name, [...allowed, host])}`,
      setting: `padlock.secrets › ${name}`,
    }),
  );
}

/** The setting that allows it, ready to be pasted. */
function settingFor(name: string, hosts: readonly string[]): string {
  const list = hosts.map((host) => JSON.stringify(host)).join(", ");
  return `"padlock.secrets": { ${JSON.stringify(name)}: [${list}] }`;
}
