import { Failure } from "../common/failure.ts";
import type { TlsProfile } from "../settings/tls-profile.ts";
import { versionsOfCiphers } from "./encryption-options.ts";

export type TlsVersion = "TLSv1.2" | "TLSv1.3";

export interface TlsVersions {
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
}

/**
 * The TLS versions of a host. Both are always given to Node: what `NODE_OPTIONS` or an OpenSSL configuration says must
 * not count. With a client certificate TLS 1.3 is the least, because TLS 1.2 shows it to a server that is not verified.
 * @throws {Failure} where the settings leave none
 */
export function versionsOf(profile: TlsProfile, hasClientCertificate: boolean): TlsVersions {
  const offered = versionsOfCiphers(profile.ciphers);
  const least = profile.minVersion ?? (hasClientCertificate ? "TLSv1.3" : "TLSv1.2");
  const minVersion = offered.includes("TLSv1.2") ? least : "TLSv1.3";
  const most = profile.maxVersion ?? "TLSv1.3";
  const maxVersion = offered.includes("TLSv1.3") ? most : "TLSv1.2";
  if (minVersion <= maxVersion) return { minVersion, maxVersion };
  const entry = `padlock.hosts › ${profile.pattern}`;
  const members = [
    profile.minVersion && `"minVersion" is ${profile.minVersion}`,
    profile.maxVersion && `"maxVersion" is ${profile.maxVersion}`,
    profile.ciphers && `"ciphers" names suites of ${offered.join(" and ")} only`,
    !profile.minVersion &&
      hasClientCertificate &&
      "a client certificate needs TLS 1.3 where nothing else is said, because TLS 1.2 shows it to a server that is not verified yet",
  ].filter(Boolean);
  throw new Failure({
    code: "settings.wrong-type",
    title: "The settings leave no TLS version for this host",
    detail: `In ${entry}, ${members.join(", and ")}. Nothing was sent.`,
    fix: `Change one of them in ${entry}. "minVersion": "TLSv1.2" allows TLS 1.2 with a client certificate.`,
    setting: `${entry} › ${profile.maxVersion ? "maxVersion" : "ciphers"}`,
  });
}
