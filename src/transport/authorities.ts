import { X509Certificate } from "node:crypto";
import { readAuthorities } from "./runtime.ts";

/** Who issued the root that a chain ended in. */
export interface TrustSource {
  /** `certs/ca.pem`, "the operating system's authorities", "Node.js's bundled authorities". */
  readonly label: string;
  readonly pems: readonly string[];
}

/** `tls.getCACertificates` copies its list at each call and reads the system's store at the first (about 50 ms). */
const cache = new Map<string, TrustSource>();

export function bundledAuthorities(): TrustSource {
  return cached("bundled", "the authorities bundled with the runtime");
}

export function systemAuthorities(): TrustSource {
  return cached("system", "the operating system's authorities");
}

/** What NODE_EXTRA_CA_CERTS named when the process started. */
export function extraAuthorities(): TrustSource {
  return cached("extra", "the authorities of NODE_EXTRA_CA_CERTS");
}

function cached(kind: "bundled" | "system" | "extra", label: string): TrustSource {
  let source = cache.get(kind);
  if (!source) {
    source = { label, pems: readAuthorities(kind) };
    cache.set(kind, source);
  }
  return source;
}

/** All certificates of a PEM text; anything between them (comments, bag attributes) is skipped. */
export function splitPem(text: string): string[] {
  return (
    text.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g) ?? []
  );
}

/** The same sources, each certificate in the first that holds it alone: the system's are mostly the bundled ones again. */
export function distinct(sources: readonly TrustSource[]): readonly TrustSource[] {
  const known = distinctOf.find(({ of }) => of.length === sources.length && of.every((one, at) => one === sources[at]));
  if (known) return known.distinct;
  const seen = new Set<string>();
  const found = sources.map(({ label, pems }) => ({
    label,
    pems: pems.filter((pem) => {
      const body = base64Of(pem);
      return !seen.has(body) && seen.add(body);
    }),
  }));
  // The stores of the runtime are the same objects every time; files are read anew.
  if (sources.every((source) => [...cache.values()].includes(source)))
    distinctOf.push({ of: sources, distinct: found });
  return found;
}

const distinctOf: { readonly of: readonly TrustSource[]; readonly distinct: readonly TrustSource[] }[] = [];

/** The first source that holds this certificate. PEM texts are compared by their base64 alone: line lengths differ. */
export function findSource(sources: readonly TrustSource[], pem: string): TrustSource | undefined {
  const wanted = base64Of(pem);
  return sources.find((source) => bodiesOf(source).has(wanted));
}

const bodies = new WeakMap<TrustSource, ReadonlySet<string>>();

function bodiesOf(source: TrustSource): ReadonlySet<string> {
  const known = bodies.get(source) ?? new Set(source.pems.map(base64Of));
  bodies.set(source, known);
  return known;
}

/**
 * Does this chain (DER, leaf first), link by link, lead to a certificate of these sources? The signatures are checked
 * here too, because the chain that Node shows is put together by names.
 */
export function isAnchored(chain: readonly Uint8Array[], sources: readonly TrustSource[]): boolean {
  const certificates = chain.map((der) => new X509Certificate(der));
  const root = certificates.at(-1);
  if (!root || !findSource(sources, root.toString())) return false;
  return certificates.every((certificate, index) => {
    const issuer = certificates[index + 1];
    return !issuer || certificate.verify(issuer.publicKey);
  });
}

function base64Of(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, "");
}
