import { Failure } from "../common/failure.ts";
import { checkListed, type Redactor } from "../secrets/index.ts";
import { patternFor, type Settings, type SettingVariable, settingVariables, shownPath } from "../settings/index.ts";
import type { PlaceholderValues } from "../settings/placeholders.ts";
import type { ValueSources } from "./values/sources.ts";

/**
 * What `padlock.hosts` takes from the environment and the secret storage for this URL. A passphrase that is nothing but
 * a variable is bound to its entry's hosts by standing there; every other variable must be public or listed in
 * `padlock.secrets` for the host, and so must a passphrase that is listed at all. The redactor knows each value first.
 * @throws {Failure} `policy.secret-not-allowed`, before anything is read
 */
export async function readSettingValues(
  settings: Settings,
  url: URL,
  { environment, secret, environmentName }: Pick<ValueSources, "environment" | "secret" | "environmentName">,
  redactor: Redactor,
): Promise<PlaceholderValues> {
  const variables = settingVariables(settings, url, environmentName);
  for (const variable of variables) refuseUnlisted(variable, settings, url);
  const stored = new Map<string, string | undefined>();
  for (const { source, name } of variables) {
    if (source === "secret" && !stored.has(name)) stored.set(name, await secret(name));
  }
  for (const [name, value] of stored) redactor.add(name, value ?? "", `{{$secret ${name}}}`);
  return {
    get: (name) => {
      const value = environment.get(name);
      if (value !== undefined && !settings.publicEnv.has(name)) redactor.add(name, value);
      return value;
    },
    stored: (name) => stored.get(name),
  };
}

/**
 * `likelyPublic`: the refusal says first how to make the variable public.
 * @throws {Failure} `policy.secret-not-allowed`
 */
export function refuseUnlisted(
  { source, name, setting, isPassphrase }: SettingVariable,
  settings: Settings,
  url: URL,
  likelyPublic = !isPassphrase,
): void {
  if (source === "env" && settings.publicEnv.has(name)) return;
  if (isPassphrase && !settings.secrets.some((entry) => entry.name === name)) return;
  const allowed = checkListed(settings, name, url, {
    mayBePublic: source === "env",
    likelyPublic,
  });
  if (allowed.ok) return;
  const { code, detail, fix, wanted } = allowed.error;
  const reference = `$\{${source}:${name}}`;
  throw new Failure({
    code,
    title: `The setting may not read ${reference} for ${patternFor(url)}`,
    detail: `${shownPath(setting.path)} in ${settings.file} takes a value from ${reference}. ${detail}`,
    fix,
    location: settings.locate(setting.path),
    setting: `padlock.secrets › ${name}`,
    wanted,
  });
}
