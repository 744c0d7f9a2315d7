import type { KeyType } from "./keys.ts";

export type CertificateKind = "authority" | "server" | "client";

/** Days. Browsers and Apple's systems refuse a server's certificate that lives longer than 398 days. */
export const lifetimes: Readonly<Record<CertificateKind, { readonly usual: number; readonly longest: number }>> = {
  authority: { usual: 3650, longest: 3650 },
  server: { usual: 365, longest: 397 },
  client: { usual: 365, longest: 825 },
};

/** What a person may choose from: nothing that a connection refuses as too weak. */
export type OfferedKeyType = Exclude<KeyType, "rsa-1024">;
