import type { FileReference, TlsProfile } from "../settings/tls-profile.ts";
import { bundledAuthorities, extraAuthorities, splitPem, systemAuthorities, type TrustSource } from "./authorities.ts";
import { identityFailure } from "./identity-failures.ts";
import { derToPem, isCertificate, isDer, readIdentityFile } from "./identity-files.ts";

const defaultTrustLabel = "the authorities bundled with the runtime and those of the operating system";

/** Names the trusted authorities for people: "certs/ca.pem (padlock.hosts › localhost › ca)". */
export function describeTrust(profile: TlsProfile): string {
  if (!profile.ca) return defaultTrustLabel;
  return profile.ca
    .map((entry) =>
      typeof entry === "string"
        ? `the ${entry} authorities`
        : `${entry.written} (${entry.setting.replace(/ › \d+$/, "")})`,
    )
    .join(", ");
}

/** @throws {Failure} `identity.file-missing`, `identity.not-pem` */
export async function loadTrust(profile: TlsProfile): Promise<TrustSource[]> {
  if (!profile.ca) return [bundledAuthorities(), systemAuthorities(), extraAuthorities()];
  return Promise.all(
    profile.ca.map(async (entry) => {
      if (entry === "system") return systemAuthorities();
      if (entry === "bundled") return bundledAuthorities();
      return { label: entry.written, pems: await loadAuthorities(entry) };
    }),
  );
}

async function loadAuthorities(file: FileReference): Promise<string[]> {
  const bytes = await readIdentityFile(file, "certificate authority file");
  const pems = isDer(bytes) ? [derToPem(bytes)] : splitPem(bytes.toString("latin1"));
  if (pems.length === 0 || !pems.every(isCertificate)) {
    throw identityFailure(file, {
      code: "identity.not-pem",
      title: `${file.written} holds no certificate that can be read`,
      detail: `${file.written} is named as a certificate authority, but it does not hold a readable PEM certificate (a block from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----").`,
      fix: `Name a PEM file with the authority's certificate in ${file.setting}. A file that begins with "PRIVATE KEY" is a key, not a certificate.`,
    });
  }
  return pems;
}
