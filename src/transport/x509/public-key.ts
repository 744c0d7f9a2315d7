import { type DerNode, readDer, readList, tags } from "./der.ts";
import { readBitOctets, readOid } from "./values.ts";

export interface PublicKeyFacts {
  /** `RSA`, `EC`, `Ed25519`, …; the OID of a kind that is not known. */
  readonly keyType: string;
  /** Of an RSA or DSA modulus or of a curve; null where the type says it all. */
  readonly keyBits: number | null;
  readonly curve: string | null;
}

const rsaTypes: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.1": "RSA",
  "1.2.840.113549.1.1.10": "RSA-PSS",
};
const ecKey = "1.2.840.10045.2.1";

const curves: Readonly<Record<string, readonly [name: string, bits: number]>> = {
  "1.2.840.10045.3.1.1": ["P-192", 192],
  "1.3.132.0.33": ["P-224", 224],
  "1.2.840.10045.3.1.7": ["P-256", 256],
  "1.3.132.0.34": ["P-384", 384],
  "1.3.132.0.35": ["P-521", 521],
  "1.3.132.0.10": ["secp256k1", 256],
  "1.3.36.3.3.2.8.1.1.7": ["brainpoolP256r1", 256],
  "1.3.36.3.3.2.8.1.1.11": ["brainpoolP384r1", 384],
  "1.3.36.3.3.2.8.1.1.13": ["brainpoolP512r1", 512],
};

/** Keys whose type has one size only (RFC 8410, RFC 9881). */
const otherTypes: Readonly<Record<string, string>> = {
  "1.3.101.110": "X25519",
  "1.3.101.111": "X448",
  "1.3.101.112": "Ed25519",
  "1.3.101.113": "Ed448",
  "1.2.840.10040.4.1": "DSA",
  "2.16.840.1.101.3.4.3.17": "ML-DSA-44",
  "2.16.840.1.101.3.4.3.18": "ML-DSA-65",
  "2.16.840.1.101.3.4.3.19": "ML-DSA-87",
};

/** @param node a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) @throws {DerError} */
export function readPublicKey(node: DerNode | undefined): PublicKeyFacts {
  const [algorithm, key] = readList(node);
  const [oid, parameters] = readList(algorithm);
  const type = readOid(oid);
  const rsa = rsaTypes[type];
  if (rsa) return { keyType: rsa, keyBits: modulusBits(readBitOctets(key)), curve: null };
  if (type !== ecKey) return { keyType: otherTypes[type] ?? type, keyBits: null, curve: null };
  const id = parameters?.tag === tags.oid ? readOid(parameters) : undefined;
  if (id === undefined) return { keyType: "EC", keyBits: null, curve: "parameters of its own" };
  const [curve, bits] = curves[id] ?? [id, null];
  return { keyType: "EC", keyBits: bits, curve };
}

/** RFC 8017 §A.1.1. */
function modulusBits(key: Uint8Array): number {
  const [modulus] = readList(readDer(key));
  const octets = modulus?.body ?? new Uint8Array();
  const first = octets.findIndex((octet) => octet !== 0);
  return first < 0 ? 0 : (octets.length - first - 1) * 8 + (32 - Math.clz32(octets[first] ?? 0));
}
