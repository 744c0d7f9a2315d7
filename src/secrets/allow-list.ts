import { Failure } from "../common/failure.ts";
import { isLoopbackHost } from "../common/loopback.ts";
import { err, ok, type Result } from "../common/result.ts";
import { matchesHost, patternFor, type Settings } from "../settings/index.ts";

export interface SecretUse {
  /** An environment variable may turn out to be configuration; a stored secret or an answer never does. */
  readonly mayBePublic?: boolean;
  /** It most likely is configuration, such as a path in the settings: the refusal says that first. */
  readonly likelyPublic?: boolean;
}

/**
 * Whether the secret may go to the URL's host. Default deny: only `padlock.secrets` opens a host for a name, and not
 * even that one whose certificate need not verify, or that is asked without encryption. Call it again with each URL that
 * a request is sent on to.
 */
export function checkSecret(settings: Settings, name: string, url: URL, use?: SecretUse): Result<void, Failure> {
  const unprotected = checkConnection(settings, name, url);
  return unprotected ? err(unprotected) : checkListed(settings, name, url, use);
}

/** What `padlock.secrets` says alone: for a host that is only named, or a value that is not sent. */
export function checkListed(
  settings: Settings,
  name: string,
  url: URL,
  { mayBePublic = false, likelyPublic = false }: SecretUse = {},
): Result<void, Failure> {
  const entries = settings.secrets.filter((entry) => entry.name === name);
  const patterns = entries.flatMap((entry) => entry.hosts);
  if (patterns.some((pattern) => matchesHost(pattern, url))) return ok(undefined);

  const host = patternFor(url);
  const isListed = entries.length > 0;
  const canBePublic = mayBePublic && !isListed;
  const asSecret = [
    `if you trust ${host} with it, ${howToAllow(settings, name, host)}`,
    `for one run of the command line use ${allowOption(name, host)}`,
  ];
  const open = settings.howToAdd("padlock.publicEnv", JSON.stringify(name));
  const asPublic = canBePublic ? [`if it is configuration, not a secret, ${open}`] : [];
  const how = (likelyPublic ? [...asPublic, ...asSecret] : [...asSecret, ...asPublic]).join("; ");
  return err(
    new Failure({
      code: "policy.secret-not-allowed",
      title: `The secret ${name} may not go to ${host}`,
      detail: `The request needs ${name} for ${host}, but ${whyNot(settings, name, isListed)}. Nothing was sent.`,
      fix: `${how.charAt(0).toUpperCase()}${how.slice(1)}.`,
      setting: `padlock.secrets › ${name}`,
      wanted: { kind: "secret", name, host, mayBePublic: canBePublic },
    }),
  );
}

/** `--allow-secret NAME=HOST`, fit to be copied into a shell. */
function allowOption(name: string, host: string): string {
  const argument = `${name}=${host}`;
  return `--allow-secret ${/^[\w.=:-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`}`;
}

function whyNot(settings: Settings, name: string, isListed: boolean): string {
  const location = settings.locate(["padlock.secrets", name]);
  if (!isListed) return `${settings.file} does not list it`;
  const texts = settings.secrets.flatMap((entry) => (entry.name === name ? entry.hosts : [])).map(({ text }) => text);
  const listed = location ? `${settings.file}:${location.line} allows` : "your own settings allow";
  return `${listed} it ${texts.length > 0 ? `only for ${texts.join(", ")}` : "for no host at all"}`;
}

function howToAllow(settings: Settings, name: string, host: string): string {
  const pattern = JSON.stringify(host);
  if (settings.locate(["padlock.secrets", name])) {
    return `add ${pattern} to the list of ${name} in "padlock.secrets" of ${settings.file}`;
  }
  return settings.howToAdd("padlock.secrets", `${JSON.stringify(name)}: [${pattern}]`);
}

/** Loopback never leaves the machine. Elsewhere a secret goes only where it is known who reads it. */
function checkConnection(settings: Settings, name: string, url: URL): Failure | undefined {
  if (isLoopbackHost(url.hostname)) return undefined;
  const host = patternFor(url);
  const unprotected = { code: "policy.unverified-host", setting: `padlock.secrets › ${name}` } as const;
  if (url.protocol !== "https:") {
    return new Failure({
      ...unprotected,
      title: `The secret ${name} does not go over plain http`,
      detail: `http://${host} is not encrypted: anybody on the way could read ${name}. Your own settings accept that for the host (padlock.plainHttpHosts), but for no secret. Nothing was sent.`,
      fix: `Write https: in the URL, or send the request without ${name}.`,
    });
  }
  if (!settings.unverifiedHosts.some((pattern) => matchesHost(pattern, url))) return undefined;
  return new Failure({
    ...unprotected,
    title: `The secret ${name} does not go to a host that is not verified`,
    detail: `Your own settings accept any certificate from ${host} (padlock.unverifiedHosts), so nobody knows who would read ${name}. Nothing was sent.`,
    fix: `Name the authority of its certificate as "ca" in padlock.hosts › ${host}, and take ${host} out of padlock.unverifiedHosts; or send the request without ${name}.`,
  });
}
