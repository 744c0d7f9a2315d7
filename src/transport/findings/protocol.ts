import type { Finding } from "../report.ts";
import { type Inspected, note, ok, type Rule, warning } from "./rule.ts";

/** How the connection is encrypted. */
export const protocolRules: readonly Rule[] = [obsoleteProtocol, forwardSecrecy, cbcMode, postQuantum, nameOverride];

/** RFC 8996, RFC 7568. */
function obsoleteProtocol({ tls: { protocol } }: Inspected): Finding[] {
  const isObsolete = protocol !== null && /^(?:SSL|TLSv1$|TLSv1\.1$)/.test(protocol);
  return isObsolete ? [warning(`${protocol} is obsolete and no longer secure`)] : [];
}

function forwardSecrecy({ tls: { cipherSuite } }: Inspected): Finding[] {
  return cipherSuite?.startsWith("TLS_RSA_WITH_")
    ? [warning("No forward secrecy: static RSA key exchange; who gets the server's key later reads it all")]
    : [];
}

/** RFC 7366 tells why; its remedy is not in OpenSSL's default. */
function cbcMode({ tls: { cipherSuite } }: Inspected): Finding[] {
  return cipherSuite?.includes("_CBC_")
    ? [warning("Cipher suite in CBC mode, which is weaker than GCM or ChaCha20")]
    : [];
}

function postQuantum({ tls: { keyExchange } }: Inspected): Finding[] {
  return keyExchange?.postQuantum ? [ok(`Post-quantum key exchange: ${keyExchange.group}`)] : [];
}

function nameOverride({ tls: { nameOverride: name }, host, nameOption }: Inspected): Finding[] {
  if (name === null) return [];
  const source = nameOption === undefined ? "by your settings (servername)" : `by ${nameOption}`;
  return [note(`The name ${name} is verified in place of ${host}, ${source}`)];
}
