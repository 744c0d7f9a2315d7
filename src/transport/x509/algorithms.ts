import { constructed, type DerNode, readList } from "./der.ts";
import { readOid } from "./values.ts";

/** A signature algorithm (RFC 8017, RFC 5758, RFC 8410, RFC 9881). */
export interface SignatureAlgorithm {
  /** As OpenSSL prints it: `ecdsa-with-SHA256`, `sha256WithRSAEncryption`; the OID of one that is not known. */
  readonly name: string;
  /** For `crypto.verify`; null where the algorithm has its own, undefined where we cannot verify it. */
  readonly digest: "sha1" | "sha256" | "sha384" | "sha512" | null | undefined;
}

const algorithms: Readonly<Record<string, SignatureAlgorithm>> = {
  "1.2.840.113549.1.1.4": { name: "md5WithRSAEncryption", digest: undefined },
  "1.2.840.113549.1.1.5": { name: "sha1WithRSAEncryption", digest: "sha1" },
  "1.2.840.113549.1.1.11": { name: "sha256WithRSAEncryption", digest: "sha256" },
  "1.2.840.113549.1.1.12": { name: "sha384WithRSAEncryption", digest: "sha384" },
  "1.2.840.113549.1.1.13": { name: "sha512WithRSAEncryption", digest: "sha512" },
  "1.2.840.113549.1.1.14": { name: "sha224WithRSAEncryption", digest: undefined },
  "1.2.840.10045.4.1": { name: "ecdsa-with-SHA1", digest: "sha1" },
  "1.2.840.10045.4.3.1": { name: "ecdsa-with-SHA224", digest: undefined },
  "1.2.840.10045.4.3.2": { name: "ecdsa-with-SHA256", digest: "sha256" },
  "1.2.840.10045.4.3.3": { name: "ecdsa-with-SHA384", digest: "sha384" },
  "1.2.840.10045.4.3.4": { name: "ecdsa-with-SHA512", digest: "sha512" },
  "1.2.840.10040.4.3": { name: "dsa-with-SHA1", digest: undefined },
  "2.16.840.1.101.3.4.3.2": { name: "dsa-with-SHA256", digest: undefined },
  "1.3.101.112": { name: "Ed25519", digest: null },
  "1.3.101.113": { name: "Ed448", digest: null },
  "2.16.840.1.101.3.4.3.17": { name: "ML-DSA-44", digest: undefined },
  "2.16.840.1.101.3.4.3.18": { name: "ML-DSA-65", digest: undefined },
  "2.16.840.1.101.3.4.3.19": { name: "ML-DSA-87", digest: undefined },
};

const hashes: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.5": "MD5",
  "1.3.14.3.2.26": "SHA-1",
  "2.16.840.1.101.3.4.2.4": "SHA-224",
  "2.16.840.1.101.3.4.2.1": "SHA-256",
  "2.16.840.1.101.3.4.2.2": "SHA-384",
  "2.16.840.1.101.3.4.2.3": "SHA-512",
};

const rsaPss = "1.2.840.113549.1.1.10";

/** @param node an AlgorithmIdentifier (RFC 5280 §4.1.1.2) @throws {DerError} */
export function readSignatureAlgorithm(node: DerNode | undefined): SignatureAlgorithm {
  const [oid, parameters] = readList(node);
  const id = readOid(oid);
  if (id === rsaPss) return { name: `RSA-PSS with ${pssHash(parameters)}`, digest: undefined };
  return algorithms[id] ?? { name: id, digest: undefined };
}

/** The name of a hash, `SHA-256`; its OID where it is not known. @throws {DerError} */
export function readHash(node: DerNode | undefined): string {
  const id = readOid(readList(node)[0]);
  return hashes[id] ?? id;
}

/** RFC 8017 §A.2.3: without parameters it is SHA-1. */
function pssHash(parameters: DerNode | undefined): string {
  const given = parameters && readList(parameters).find(({ tag }) => tag === constructed(0));
  return given ? readHash(readList(given, constructed(0))[0]) : "SHA-1";
}
