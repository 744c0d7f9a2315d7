import type { Note } from "../common/note.ts";
import type { Redactor } from "../secrets/index.ts";
import { clearPassphrase, keyPermissions, resolveProfile, type Settings, type TlsProfile } from "../settings/index.ts";
import { type CurlIdentity, withCurlIdentity, withEnvironmentIdentity, withoutIdentities } from "./client-identity.ts";
import { refuseOutsideFiles } from "./identity-places.ts";
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
 * @throws {Failure} those of `resolveProfile`, `setting-values.ts` and `client-identity.ts`
 */
export async function readProfile(input: ProfileInput, url: URL): Promise<TlsProfile> {
  const { settings, sources, redactor, values, requestFile, notes } = input;
  const { environments, environmentName } = sources;
  const isOwn = !input.noIdentity && url.origin === input.origin.origin;
  const curl = isOwn ? input.curl : { ...input.curl, cert: undefined };
  const used = input.noIdentity || curl.cert ? withoutIdentities(settings) : settings;
  const found = resolveProfile(used, url, await readSettingValues(used, url, sources, redactor));
  if (!found.ok) throw found.error;
  const place = { requestFile, settings };
  const own = withCurlIdentity(found.value, curl, values, place);
  const identity = isOwn ? environments.identity(environmentName) : undefined;
  const profile = withEnvironmentIdentity(own, identity, url, place);
  if (profile.passphrase) redactor.hide(profile.passphrase.value, clearPassphrase);
  await refuseOutsideFiles(profile, settings);
  await notePermissions(profile, settings, notes);
  return profile;
}

/** A certificate that is named without a key holds it. */
async function notePermissions({ cert, key, pfx }: TlsProfile, { root }: Settings, notes: Note[]): Promise<void> {
  for (const file of [pfx, key ?? cert]) {
    const found = file && (await keyPermissions(file, root));
    const text = found && `${found.detail} ${found.fix}`;
    if (text !== undefined && !notes.some((note) => note.text === text)) notes.push({ level: "warning", text });
  }
}
