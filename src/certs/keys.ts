import { generateKeyPair, type KeyObject, webcrypto } from "node:crypto";
import { promisify } from "node:util";

export type KeyType = "ec-p256" | "ec-p384" | "rsa-3072" | "rsa-2048" | "rsa-1024" | "ed25519";
export type HashName = "SHA-1" | "SHA-256" | "SHA-384";

export interface KeyPair {
  readonly type: KeyType;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** EC and Ed25519 take a millisecond, RSA 2048 some 50 to 300, RSA 3072 up to a second. */
export async function generateKeys(type: KeyType): Promise<KeyPair> {
  switch (type) {
    case "ec-p256":
      return { type, ...(await generate("ec", { namedCurve: "P-256" })) };
    case "ec-p384":
      return { type, ...(await generate("ec", { namedCurve: "P-384" })) };
    case "rsa-3072":
      return { type, ...(await generate("rsa", { modulusLength: 3072 })) };
    case "rsa-2048":
      return { type, ...(await generate("rsa", { modulusLength: 2048 })) };
    case "rsa-1024":
      return { type, ...(await generate("rsa", { modulusLength: 1024 })) };
    case "ed25519":
      return { type, ...(await generate("ed25519")) };
  }
}

/** How Web Crypto names the key and the signature made with it; ECDSA and RSA sign over `hash`. */
const webAlgorithms: Readonly<Record<KeyType, { readonly name: string; readonly namedCurve?: string }>> = {
  "ec-p256": { name: "ECDSA", namedCurve: "P-256" },
  "ec-p384": { name: "ECDSA", namedCurve: "P-384" },
  "rsa-3072": { name: "RSASSA-PKCS1-v1_5" },
  "rsa-2048": { name: "RSASSA-PKCS1-v1_5" },
  "rsa-1024": { name: "RSASSA-PKCS1-v1_5" },
  ed25519: { name: "Ed25519" },
};

export function webAlgorithm(type: KeyType, hash: HashName) {
  return { ...webAlgorithms[type], hash };
}

/** The same key pair for Web Crypto, which the certificate library signs with. */
export async function toWebKeys(keys: KeyPair, hash: HashName): Promise<webcrypto.CryptoKeyPair> {
  const algorithm = webAlgorithm(keys.type, hash);
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey("pkcs8", keys.privateKey.export({ type: "pkcs8", format: "der" }), algorithm, true, [
      "sign",
    ]),
    webcrypto.subtle.importKey("spki", keys.publicKey.export({ type: "spki", format: "der" }), algorithm, true, [
      "verify",
    ]),
  ]);
  return { privateKey, publicKey };
}

/** What `generateKeys` makes keys like this one as; of RSA any size. Undefined for kinds that it does not make. */
export function keyTypeOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): KeyType | undefined {
  if (asymmetricKeyType === "rsa") return "rsa-3072";
  if (asymmetricKeyType === "ed25519") return "ed25519";
  if (asymmetricKeyType !== "ec") return undefined;
  const curves: Readonly<Record<string, KeyType>> = { prime256v1: "ec-p256", secp384r1: "ec-p384" };
  return curves[asymmetricKeyDetails?.namedCurve ?? ""];
}
