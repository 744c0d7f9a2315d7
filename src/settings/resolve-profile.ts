import { isAbsolute, resolve } from "node:path";
import { Failure } from "../common/failure.ts";
import { err, ok, type Result } from "../common/result.ts";
import { isInside } from "./allowed-paths.ts";
import { matchesHost, mostSpecific } from "./host-pattern.ts";
import type { SettingString, Settings, Timeouts } from "./model.ts";
import { allowedFolders } from "./outside-failure.ts";
import { expandPlaceholders, isPassphraseReference, type PlaceholderValues } from "./placeholders.ts";
import { shownPath } from "./setting-path.ts";
import type { ExpandedString, FileReference, TlsProfile } from "./tls-profile.ts";

const noProfile: TlsProfile = {
  pattern: undefined,
  cert: undefined,
  key: undefined,
  pfx: undefined,
  passphrase: undefined,
  ca: undefined,
  minVersion: undefined,
  unverified: false,
};

/** Words in `ca` that name a store instead of a file. */
const storeWords = ["system", "bundled"] as const;

/**
 * The TLS settings for this URL: of the most specific entry of `padlock.hosts` that applies in the active environment
 * ("" for none), with every `${…}` replaced and every path absolute; `proxy` is left to whoever knows the other places
 * that name one. A plain `http:` URL has nothing but its socket. Fails with `variable.unset` when an environment variable is unset or
 * empty. Reads no file.
 */
export function resolveProfile(
  settings: Settings,
  url: URL,
  environment: PlaceholderValues,
  environmentName: string,
): Result<TlsProfile, Failure> {
  const isTls = url.protocol === "https:";
  const entry = mostSpecific(settings.hosts, url, environmentName);
  const unverified = isTls && settings.unverifiedHosts.some((host) => matchesHost(host, url));
  if (!entry || !(isTls || entry.socket)) return ok({ ...noProfile, unverified });
  const expand = (setting: SettingString): ExpandedString => expandSetting(settings, setting, environment);
  const file = (setting: SettingString): FileReference => {
    const expanded = expand(setting);
    const path = isAbsolute(expanded.value) ? expanded.value : resolve(settings.root, expanded.value);
    const isOwn = setting.isPersonal === true && !isInside(settings.root, path);
    return { ...expanded, path, folders: isOwn ? undefined : allowedFolders(settings) };
  };
  try {
    const { text: pattern } = entry.pattern;
    const socket = entry.socket && file(entry.socket);
    if (!isTls) return ok({ ...noProfile, pattern, socket });
    return ok({
      pattern,
      environments: entry.environments,
      cert: entry.cert && file(entry.cert),
      key: entry.key && file(entry.key),
      pfx: entry.pfx && file(entry.pfx),
      passphrase: entry.passphrase && passphrase(expand(entry.passphrase)),
      ca: entry.ca?.map((setting) => storeWords.find((word) => word === setting.text) ?? file(setting)),
      minVersion: entry.minVersion,
      maxVersion: entry.maxVersion,
      pins: entry.pins,
      crl: entry.crl?.map(file),
      ciphers: entry.ciphers,
      groups: entry.groups,
      serverName: entry.servername,
      http2: entry.http2,
      socket,
      unverified,
    });
  } catch (error) {
    if (error instanceof Failure) return err(error);
    throw error;
  }
}

/** The settings' timeouts, overridden by those of the same host entry. */
export function resolveTimeouts(settings: Settings, url: URL, environmentName: string): Timeouts {
  return { ...settings.timeout, ...mostSpecific(settings.hosts, url, environmentName)?.timeout };
}

/** @throws {Failure} `variable.unset` */
export function expandSetting(
  settings: Settings,
  setting: SettingString,
  environment: PlaceholderValues,
): ExpandedString {
  const { text, missing } = expandPlaceholders(setting.text, settings.root, environment);
  const location = settings.locate(setting.path);
  const shown = shownPath(setting.path);
  if (missing === undefined) return { value: text, written: setting.text, setting: shown, location };
  throw new Failure({
    code: "variable.unset",
    title: `The ${kinds[missing.source].what} ${missing.name} is not set`,
    detail: `${shown} in ${settings.file} needs ${missing.name}, which is unset or empty.`,
    fix: `Set ${missing.name} ${kinds[missing.source].where}, or change the setting.`,
    setting: shown,
    ...(location && { location }),
  });
}

const kinds = {
  env: { what: "environment variable", where: "in the environment that starts VS Code or the command line" },
  secret: {
    what: "stored secret",
    where: "in VS Code's secret storage (for the command line, in the environment variable of that name)",
  },
} as const;

/** Stands for a passphrase that is written into the settings file itself. */
export const clearPassphrase = "(passphrase)";

/** A passphrase that stands in the settings in clear, or a part of it, is as secret as any other: `written` is masked. */
function passphrase(expanded: ExpandedString): ExpandedString {
  return isPassphraseReference(expanded.written) ? expanded : { ...expanded, written: clearPassphrase };
}
