import type { Note } from "../common/note.ts";
import type { Redactor } from "../secrets/index.ts";
import { clearPassphrase, keyPermissions, resolveProfile, type Settings, type TlsProfile } from "../settings/index.ts";
import { type CurlIdentity, withCurlIdentity, withEnvironmentIdentity, withoutIdentities } from "./client-identity.ts";
import { refuseOutsideFiles } from "./identity-places.ts";
import { readProxyRoute } from "./proxy.ts";
import { readSettingValues } from "./setting-values.ts";
import type { ValueReader } from "./value-reader.ts";
import type { ValueSources } from "./values/sources.ts";

export interface ProfileInput {
  readonly settings: Settings;
  readonly sources: ValueSources;
  readonly redactor: Redactor;
  /** Its templates are loaded. */
  readonly curl: CurlIdentity;
  readonly values: ValueReader;
  /** `# @no-client-cert`. */
  readonly noIdentity: boolean;
  /** Absolute. */
  readonly requestFile: string;
  /** Gets what is to be said about the files. */
  readonly notes: Note[];
  /** Of the URL that the file names: what it says of certificates is meant for that host. */
  readonly origin: URL;
}

/**
 * What the connection presents and trusts: the most specific entry of `padlock.hosts`; before it what a cURL command
 * names; the active environment's `SSLConfiguration` where neither names a client certificate. The client certificates
 * that the file and its environment name go to the origin that they were written for and to no other.
 * @throws {Failure} those of `resolveProfile`, `setting-values.ts`, `client-identity.ts` and `proxy.ts`
 */
export async function readProfile(input: ProfileInput, url: URL): Promise<TlsProfile> {
  const { settings, sources, values, requestFile } = input;
  const { environments, environmentName } = sources;
  const isOrigin = url.origin === input.origin.origin;
  const isOwn = !input.noIdentity && isOrigin;
  const { cert, socket } = input.curl;
  const curl = { ...input.curl, cert: isOwn ? cert : undefined, socket: isOrigin ? socket : undefined };
  const used = input.noIdentity || curl.cert ? withoutIdentities(settings) : settings;
  const place = { requestFile, settings };
  const own = withCurlIdentity(await ofSettings(input, used, url), curl, values, place);
  const identity = isOwn ? environments.identity(environmentName) : undefined;
  const profile = withEnvironmentIdentity(own, identity, url, place);
  await checkFiles(input, profile);
  // A socket leads to its server by itself.
  const proxy = profile.socket ? undefined : await readProxyRoute(input, url, (to) => proxyProfile(input, to));
  return { ...profile, proxy };
}

async function ofSettings({ sources, redactor }: ProfileInput, settings: Settings, url: URL): Promise<TlsProfile> {
  const values = await readSettingValues(settings, url, sources, redactor);
  const found = resolveProfile(settings, url, values, sources.environmentName);
  if (!found.ok) throw found.error;
  return found.value;
}

/** A proxy has to be verified, and is reached directly, whatever an entry for its host says. */
async function proxyProfile(input: ProfileInput, url: URL): Promise<TlsProfile> {
  const found = await ofSettings(input, input.settings, url);
  const profile = { ...found, unverified: false, http2: false, socket: undefined };
  await checkFiles(input, profile);
  return profile;
}

async function checkFiles({ settings, redactor, notes }: ProfileInput, profile: TlsProfile): Promise<void> {
  if (profile.passphrase) redactor.hide(profile.passphrase.value, clearPassphrase);
  await refuseOutsideFiles(profile, settings);
  await notePermissions(profile, settings, notes);
}

/** A certificate that is named without a key holds it. */
async function notePermissions({ cert, key, pfx }: TlsProfile, { root }: Settings, notes: Note[]): Promise<void> {
  for (const file of [pfx, key ?? cert]) {
    const found = file && (await keyPermissions(file, root));
    const text = found && `${found.detail} ${found.fix}`;
    if (text !== undefined && !notes.some((note) => note.text === text)) notes.push({ level: "warning", text });
  }
}
