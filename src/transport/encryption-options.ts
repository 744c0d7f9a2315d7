import tls from "node:tls";
import { Failure } from "../common/failure.ts";
import { cipherSuites } from "../settings/tls-names.ts";
import type { TlsProfile } from "../settings/tls-profile.ts";
import { chooseCiphers } from "./runtime.ts";

/** Tried once a process. */
let strict: string | undefined;

/**
 * The cipher suites and groups of a host for a secure context. Always given, so that `NODE_OPTIONS` or an OpenSSL
 * configuration cannot weaken them.
 * @throws {Failure} where this runtime does not offer what the settings name
 */
export function encryptionOptions(profile: TlsProfile): tls.SecureContextOptions {
  strict ??= chooseCiphers();
  const { ciphers, groups } = profile;
  if (!ciphers && !groups) return { ciphers: strict };
  const options = {
    ciphers: ciphers ? cipherList(ciphers, strict) : strict,
    ...(groups && { ecdhCurve: groups.join(":") }),
  };
  try {
    tls.createSecureContext(options);
    return options;
  } catch (cause) {
    throw notOffered(profile, cause);
  }
}

/** The versions that a choice of suites leaves: none of TLS 1.3 in it means TLS 1.2, and the other way round. */
export function versionsOfCiphers(ciphers: readonly string[] | undefined): readonly string[] {
  const versions = ciphers?.map((name) => `TLSv${cipherSuites[name]?.version ?? "1.2"}`);
  return versions ?? ["TLSv1.2", "TLSv1.3"];
}

/**
 * In OpenSSL's words. A choice of TLS 1.3 suites alone keeps the usual ones for TLS 1.2, which is then not offered:
 * without any the security level could not be set.
 */
function cipherList(names: readonly string[], usual: string): string {
  const chosen = names.map((name) => cipherSuites[name]?.openSsl ?? name);
  const level = /:@SECLEVEL=\d$/.exec(usual)?.[0] ?? "";
  if (versionsOfCiphers(names).includes("TLSv1.2")) return chosen.join(":") + level;
  return [...chosen, ...usual.split(":").filter((name) => !name.startsWith("TLS_"))].join(":");
}

function notOffered({ pattern, ciphers, groups }: TlsProfile, cause: unknown): Failure {
  const named = [ciphers && `ciphers: ${ciphers.join(", ")}`, groups && `groups: ${groups.join(", ")}`];
  const setting = `padlock.hosts › ${pattern} › ${ciphers ? "ciphers" : "groups"}`;
  return new Failure({
    code: "settings.wrong-type",
    title: "The TLS library here does not offer what the settings name",
    detail: `padlock.hosts › ${pattern} names ${named.filter(Boolean).join("; ")}. VS Code's own TLS library has fewer of them than the one of Node.js. Nothing was sent.`,
    fix: "Name others that are offered too, such as X25519 and secp256r1 among the groups, or leave the member out.",
    setting,
    cause,
  });
}
