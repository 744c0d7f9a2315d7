import type { Environment, Redactor } from "../secrets/index.ts";
import { clearPassphrase, resolveProfile, type Settings, type TlsProfile } from "../settings/index.ts";
import { type CurlIdentity, withCurlIdentity, withEnvironmentIdentity, withoutIdentities } from "./client-identity.ts";
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
}

/**
 * What the connection presents and trusts: the most specific entry of `padlock.hosts`; before it what a cURL command
 * names; the active environment's `SSLConfiguration` where neither names a client certificate.
 * @throws {Failure} those of `resolveProfile` and `client-identity.ts`
 */
export async function readProfile(input: ProfileInput, origin: URL): Promise<TlsProfile> {
  const { settings, sources, redactor, curl, values, noIdentity, requestFile } = input;
  const { environment, environments, environmentName } = sources;
  // What the settings take from the environment is as secret as what the request takes.
  const watched: Environment = {
    get: (name) => {
      const value = environment.get(name);
      if (value !== undefined) redactor.add(name, value);
      return value;
    },
  };
  const found = resolveProfile(noIdentity || curl.cert ? withoutIdentities(settings) : settings, origin, watched);
  if (!found.ok) throw found.error;
  const place = { requestFile, settings };
  const own = await withCurlIdentity(found.value, noIdentity ? { ...curl, cert: undefined } : curl, values, place);
  const identity = noIdentity ? undefined : environments.identity(environmentName);
  const profile = await withEnvironmentIdentity(own, identity, origin, place);
  if (profile.passphrase) redactor.hide(profile.passphrase.value, clearPassphrase);
  return profile;
}
