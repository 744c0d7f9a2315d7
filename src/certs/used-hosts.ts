import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { isServerCertificate } from "./file-names.ts";
import type { CertificateFolder } from "./folder.ts";
import type { HostSettings, Hosts } from "./settings-edit.ts";

/** Of `padlock.hosts`, for servers of these names on any port. */
export function hostPatterns(names: readonly string[]): readonly string[] {
  return names.map((name) => `${isIP(name) === 6 ? `[${name}]` : name}:*`);
}

/** Those of the servers whose certificates are in the folder; without any, this machine. */
export async function knownHosts(folder: CertificateFolder): Promise<readonly string[]> {
  const files = (await folder.names()).filter(isServerCertificate);
  const names = await Promise.all(
    files.map(async (file) => {
      const pem = await folder.read(file);
      return pem?.ok ? namesOf(pem.value) : [];
    }),
  );
  const found = [...new Set(names.flat())];
  return found.length === 0 ? ["localhost:*"] : found;
}

/** The same for each pattern. */
export function forHosts(patterns: readonly string[], settings: HostSettings): Hosts {
  return Object.fromEntries(patterns.map((pattern) => [pattern, settings]));
}

function namesOf(pem: string): readonly string[] {
  try {
    const names = alternativeNames(new X509Certificate(pem)).map((name) => name.replace(/^(?:DNS|IP):/, ""));
    return hostPatterns(names);
  } catch {
    return [];
  }
}

/** `DNS:localhost`, `IP:127.0.0.1`, `email:alice@example.com`. */
export function alternativeNames({ subjectAltName = "" }: X509Certificate): readonly string[] {
  return subjectAltName.split(", ").flatMap((name) => {
    const [, kind = "", value = ""] = /^(DNS|IP Address|email):(.*)$/.exec(name) ?? [];
    if (kind !== "IP Address") return kind === "" ? [] : [`${kind}:${value}`];
    return [`IP:${isIP(value) === 6 ? new URL(`https://[${value}]`).hostname.slice(1, -1) : value}`];
  });
}
