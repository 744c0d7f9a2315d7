import { constants } from "node:crypto";
import tls from "node:tls";

/* Desktop VS Code runs extensions on Electron, whose TLS library is BoringSSL and not OpenSSL. What differs is here. */

/** Electron gives "0.0.0" for the OpenSSL that it does not have. */
export const hasOpenSsl = /^[1-9]/.test(process.versions.openssl ?? "");

type CreateContext = (options: tls.SecureContextOptions) => unknown;

/**
 * Node's cipher suites at OpenSSL's security level 2: Node 22's own default still takes RSA-1024 and DH-1024. BoringSSL
 * has no levels and refuses the word; its own minimum is no weaker. Not `tls.DEFAULT_CIPHERS`: NODE_OPTIONS may change that.
 */
export function chooseCiphers(createContext: CreateContext = tls.createSecureContext): string {
  const strict = `${constants.defaultCoreCipherList}:@SECLEVEL=2`;
  try {
    createContext({ ciphers: strict });
    return strict;
  } catch {
    return constants.defaultCoreCipherList;
  }
}

type ReadAuthorities = (kind: "bundled" | "system" | "extra") => string[];

/** Runtimes without `tls.getCACertificates` have the bundled authorities only. */
export function readAuthorities(
  kind: "bundled" | "system" | "extra",
  read: ReadAuthorities | undefined = tls.getCACertificates,
): readonly string[] {
  if (read) return read(kind);
  return kind === "bundled" ? tls.rootCertificates : [];
}
