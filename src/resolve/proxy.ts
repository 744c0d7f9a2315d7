import { Failure } from "../common/failure.ts";
import { isLoopbackHost } from "../common/loopback.ts";
import type { Note } from "../common/note.ts";
import type { SourceLocation } from "../common/range.ts";
import type { Redactor } from "../secrets/index.ts";
import { mostSpecific } from "../settings/host-pattern.ts";
import { type Settings, shownPath, type TlsProfile } from "../settings/index.ts";
import type { SettingString } from "../settings/model.ts";
import { isPassphraseReference, variablesOf } from "../settings/placeholders.ts";
import { expandSetting } from "../settings/resolve-profile.ts";
import type { ProxyRoute } from "../settings/tls-profile.ts";
import { namedProxy } from "./proxy-sources.ts";
import { type ProxyAddress, parseProxyUrl } from "./proxy-url.ts";
import { refuseUnlisted } from "./setting-values.ts";
import type { ValueSources } from "./values/sources.ts";

export interface ProxyInput {
  readonly settings: Settings;
  readonly sources: Pick<ValueSources, "environment" | "environmentName">;
  readonly redactor: Redactor;
  readonly notes: Note[];
}

/**
 * The proxy for this URL: that of the host's entry in `padlock.hosts`; else that of VS Code, else of the environment,
 * but for hosts of this machine. `profileOf` gives what the settings say about the TLS to an `https` proxy.
 * The redactor knows the password first. Never a direct connection in place of a proxy that cannot be used.
 * @throws {Failure} `settings.bad-proxy`, `variable.unset`, `policy.secret-not-allowed`, and those of `profileOf`
 */
export async function readProxyRoute(
  input: ProxyInput,
  url: URL,
  profileOf: (proxy: URL) => Promise<TlsProfile>,
): Promise<ProxyRoute | undefined> {
  const { settings, sources } = input;
  const setting = mostSpecific(settings.hosts, url, sources.environmentName)?.proxy;
  const found = setting ? ofSetting(input, setting) : ofMachine(input, url);
  if (found?.kind !== "https") return found;
  return { ...found, profile: await profileOf(urlOf(found)) };
}

function ofSetting(input: ProxyInput, setting: SettingString): ProxyRoute | undefined {
  if (setting.text === "none") return undefined;
  const { settings, sources, redactor, notes } = input;
  const source = shownPath(setting.path);
  const location = settings.locate(setting.path);
  const names = variablesOf(setting.text).map(({ name }) => name);
  const values = {
    get: (name: string) => {
      const value = sources.environment.get(name);
      if (value !== undefined && !settings.publicEnv.has(name)) redactor.add(name, value);
      return value;
    },
  };
  const fill = (written: string) => expandSetting(settings, { ...setting, text: written }, values).value;
  const isWhole = isPassphraseReference(setting.text);
  const parsed = isWhole ? parseProxyUrl(fill(setting.text)) : parseProxyUrl(setting.text, fill);
  if (!parsed.ok) throw badProxy(source, parsed.error, location);
  hidePassword(redactor, parsed.value, names);
  for (const variable of variablesOf(setting.text)) {
    refuseUnlisted(
      { ...variable, setting, isPassphrase: false },
      settings,
      urlOf(parsed.value),
      !parsed.value.credentials,
    );
  }
  if (parsed.value.credentials && names.length === 0) notes.push(clearPassword(source));
  return { ...parsed.value, source, location };
}

function ofMachine({ settings, sources, redactor }: ProxyInput, url: URL): ProxyRoute | undefined {
  if (isLoopbackHost(url.hostname)) return undefined;
  const named = namedProxy(settings.editorProxy, sources.environment, url);
  if (!named) return undefined;
  const parsed = parseProxyUrl(named.text);
  if (!parsed.ok) throw badProxy(named.source, parsed.error, undefined);
  hidePassword(redactor, parsed.value, []);
  return { ...parsed.value, source: named.source };
}

function hidePassword(redactor: Redactor, { credentials }: ProxyAddress, names: readonly string[]): void {
  if (!credentials) return;
  const { username, password } = credentials;
  // A token may stand alone, in the place of a user name.
  redactor.hide(password || username, "(proxy password)", names);
  // As Basic credentials write it.
  redactor.hide(`${username}:${password}`, "(proxy login)", names);
}

/** What `padlock.secrets` and `padlock.hosts` are asked about: scheme, host and port of the proxy itself. */
function urlOf({ kind, host, port }: ProxyAddress): URL {
  const authority = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  return new URL(`${kind === "http" ? "http" : "https"}://${authority}/`);
}

function badProxy(source: string, problem: string, location: SourceLocation | undefined): Failure {
  const none = location ? 'or "none" for a direct connection' : "or unset it for direct connections";
  return new Failure({
    code: "settings.bad-proxy",
    title: `The proxy in ${source} cannot be used`,
    detail: `${source} ${problem}. Nothing was sent, also not without the proxy.`,
    fix: `Write it as "http://proxy.example.com:3128", "https://…" or "socks5://…", ${none}. PAC files and SOCKS 4 are not supported.`,
    location,
    setting: source,
  });
}

function clearPassword(source: string): Note {
  const text = `${source} holds a user name or password in clear. Put them into environment variables and write \${env:NAME}.`;
  return { level: "warning", text };
}
