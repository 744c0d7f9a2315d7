import { createHash } from "node:crypto";
import tls from "node:tls";
import type { Failure } from "../common/failure.ts";
import type { FileReference, TlsProfile } from "../settings/tls-profile.ts";
import { type ClientMaterial, loadClient } from "./client-certificate.ts";
import { doubts } from "./client-checks.ts";
import { tooWeak } from "./client-pfx.ts";
import { encryptionOptions } from "./encryption-options.ts";
import type { FileLedger } from "./file-ledger.ts";
import type { Identity } from "./identity.ts";
import { identityFailure } from "./identity-failures.ts";
import { loadRevocationLists } from "./revocation.ts";
import { describeTrust, loadTrust, type TrustEnvironment } from "./trust.ts";
import { versionsOf } from "./versions.ts";

/**
 * Reads and checks a profile's files before any connection. Node itself is silent about half of the mistakes caught
 * here (a certificate without its key, an empty authorities file) and would send the request without the certificate.
 * @throws {Failure} of family `identity`
 */
export async function readIdentity(
  profile: TlsProfile,
  ledger: FileLedger,
  environment: TrustEnvironment,
): Promise<Identity> {
  const trust = await loadTrust(profile, ledger, environment);
  const client = await loadClient(profile, ledger);
  const ca = trust.flatMap(({ pems }) => pems);
  const versions = versionsOf(profile, client !== undefined);
  const revocationLists = profile.crl ? await loadRevocationLists(profile.crl, ledger) : [];
  const crl = revocationLists.map(({ pem }) => pem);
  const options = {
    ...client?.options,
    ca,
    ...versions,
    ...(crl.length > 0 && { crl }),
    ...encryptionOptions(profile),
  };
  const context = createContext(options, client);
  const clientCertificate = client?.certificate ?? null;
  return {
    context,
    ca,
    trust,
    trustLabel: describeTrust(profile, environment),
    pattern: profile.pattern,
    environments: profile.environments,
    authoritiesOf: profile.ca && (profile.ca.every(isOfEntry) ? "entry" : "request"),
    clientSetting: [profile.cert ?? profile.pfx].find((file) => file && !isOfEntry(file))?.setting,
    clientCertificate,
    notes: client && clientCertificate ? doubts(clientCertificate, client.file) : [],
    ...versions,
    pins: profile.pins ?? [],
    revocationLists,
    chosen: (["ciphers", "groups"] as const).filter((member) => profile[member]),
    serverName: profile.serverName,
    serverNameOption: profile.serverNameOption,
    unverified: profile.unverified,
    fingerprint: fingerprintOf([
      ...ca,
      ...(client?.material ?? []),
      ...crl,
      JSON.stringify([versions, profile.pins, profile.ciphers, profile.groups, profile.serverName]),
      profile.unverified ? "unverified" : "verified",
    ]),
  };
}

function isOfEntry(file: FileReference | string): boolean {
  return typeof file === "string" || file.setting.startsWith("padlock.hosts › ");
}

function createContext(options: tls.SecureContextOptions, client: ClientMaterial | undefined): tls.SecureContext {
  try {
    return tls.createSecureContext(options);
  } catch (cause) {
    if (!client) throw cause;
    throw tooWeak(client.file, cause) ?? unusable(client.file, cause);
  }
}

function unusable(file: FileReference, cause: unknown): Failure {
  return identityFailure(file, {
    code: "identity.not-pem",
    title: `${file.written} cannot be used as a client certificate`,
    detail: `${file.written} was read, but the TLS library here takes no certificate and key from it. Nothing was sent.`,
    fix: `Check that ${file.setting} names the right file and that it is complete.`,
    cause,
  });
}

function fingerprintOf(material: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of material) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex");
}
