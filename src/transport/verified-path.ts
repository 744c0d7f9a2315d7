import { X509Certificate } from "node:crypto";
import { findSource, type TrustSource } from "./authorities.ts";

/**
 * The chain as OpenSSL verifies it: it ends at the first certificate that a trusted root has issued. Node shows one that
 * is put together from what the server sent, which leads on where an older root vouches for a newer one that is trusted
 * itself (cross-certificates, RFC 5280 §3.2).
 *
 * @param chain DER, leaf first, as Node shows it
 */
export function verifiedPath(chain: readonly Buffer[], sources: readonly TrustSource[]): readonly Buffer[] {
  const certificates = chain.map((der) => new X509Certificate(der));
  const last = certificates.at(-1);
  if (!last || findSource(sources, last.toString())) return chain;
  for (const [index, certificate] of certificates.entries()) {
    const root = sources.map((source) => issuerIn(source, certificate)).find((found) => found !== undefined);
    if (root) return [...chain.slice(0, index + 1), root.raw];
  }
  return chain;
}

/** The self-signed certificate of this source that has issued `certificate`, by its signature. */
function issuerIn(source: TrustSource, certificate: X509Certificate): X509Certificate | undefined {
  const candidates = bySubject(source).get(certificate.issuer) ?? [];
  return candidates.find(
    (root) => root.checkIssued(root) && certificate.checkIssued(root) && certificate.verify(root.publicKey),
  );
}

/** Reading a whole store takes some 10 ms, and is needed only where a chain seems to end nowhere. */
const known = new WeakMap<TrustSource, ReadonlyMap<string, readonly X509Certificate[]>>();

function bySubject(source: TrustSource): ReadonlyMap<string, readonly X509Certificate[]> {
  const read = known.get(source);
  if (read) return read;
  const certificates = source.pems.map((pem) => new X509Certificate(pem));
  const grouped = Map.groupBy(certificates, ({ subject }) => subject);
  known.set(source, grouped);
  return grouped;
}
