/**
 * The cipher suites that a person may choose from: by their IANA names, with the names that OpenSSL has for them. All
 * are defaults of the runtime, with forward secrecy and authenticated encryption (RFC 9325 §4.2, RFC 8446 §B.4), so a
 * choice never allows what would not be allowed without it.
 */
export const cipherSuites: Readonly<Record<string, { readonly openSsl: string; readonly version: "1.2" | "1.3" }>> = {
  TLS_AES_256_GCM_SHA384: { openSsl: "TLS_AES_256_GCM_SHA384", version: "1.3" },
  TLS_CHACHA20_POLY1305_SHA256: { openSsl: "TLS_CHACHA20_POLY1305_SHA256", version: "1.3" },
  TLS_AES_128_GCM_SHA256: { openSsl: "TLS_AES_128_GCM_SHA256", version: "1.3" },
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: { openSsl: "ECDHE-ECDSA-AES256-GCM-SHA384", version: "1.2" },
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: { openSsl: "ECDHE-RSA-AES256-GCM-SHA384", version: "1.2" },
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: { openSsl: "ECDHE-ECDSA-CHACHA20-POLY1305", version: "1.2" },
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: { openSsl: "ECDHE-RSA-CHACHA20-POLY1305", version: "1.2" },
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: { openSsl: "ECDHE-ECDSA-AES128-GCM-SHA256", version: "1.2" },
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: { openSsl: "ECDHE-RSA-AES128-GCM-SHA256", version: "1.2" },
  TLS_DHE_RSA_WITH_AES_256_GCM_SHA384: { openSsl: "DHE-RSA-AES256-GCM-SHA384", version: "1.2" },
  TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256: { openSsl: "DHE-RSA-CHACHA20-POLY1305", version: "1.2" },
  TLS_DHE_RSA_WITH_AES_128_GCM_SHA256: { openSsl: "DHE-RSA-AES128-GCM-SHA256", version: "1.2" },
};

/** Key-exchange groups of at least 112 bits of strength, by their IANA names, with their other names. */
export const keyExchangeGroups: Readonly<Record<string, readonly string[]>> = {
  X25519MLKEM768: [],
  SecP256r1MLKEM768: [],
  SecP384r1MLKEM1024: [],
  X25519: [],
  X448: [],
  secp256r1: ["P-256", "prime256v1"],
  secp384r1: ["P-384"],
  secp521r1: ["P-521"],
  ffdhe2048: [],
  ffdhe3072: [],
  ffdhe4096: [],
  ffdhe6144: [],
  ffdhe8192: [],
};

/** The IANA name of a suite, from either name in any case; undefined for one that is not offered. */
export function findCipherSuite(written: string): string | undefined {
  return Object.entries(cipherSuites).find(([name, { openSsl }]) => isOneOf(written, [name, openSsl]))?.[0];
}

/** The IANA name of a group, from any of its names in any case; undefined for one that is not offered. */
export function findGroup(written: string): string | undefined {
  return Object.entries(keyExchangeGroups).find(([name, others]) => isOneOf(written, [name, ...others]))?.[0];
}

function isOneOf(written: string, names: readonly string[]): boolean {
  return names.some((name) => name.toLowerCase() === written.toLowerCase());
}
