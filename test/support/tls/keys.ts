import { createDiffieHellmanGroup, createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { integer, sequence } from "../der.ts";

export function ecKey(namedCurve: "P-256" | "P-384" | "P-521" = "P-256"): KeyObject {
  return generateKeyPairSync("ec", { namedCurve }).privateKey;
}

export function ed25519Key(): KeyObject {
  return generateKeyPairSync("ed25519").privateKey;
}

/**
 * RSA keys. Finding two large primes takes seconds, so those above 2048 bits are made of primes that everybody knows:
 * those of the Diffie-Hellman groups of RFC 2409 and 3526. They are safe nowhere, and real in every other way.
 */
export function rsaKey(modulusLength: 512 | 1024 | 2048 | 3072 | 4096 | 8192): KeyObject {
  const known = knownPrimes[modulusLength];
  if (known) return fromPrimes(...known);
  return generateKeyPairSync("rsa", { modulusLength }).privateKey;
}

/** Two groups whose lengths add up. */
const knownPrimes: Readonly<Record<number, readonly [string, string]>> = {
  3072: ["modp14", "modp2"],
  4096: ["modp15", "modp2"],
  8192: ["modp17", "modp14"],
};

/** RFC 8017, appendix A.1.2. */
function fromPrimes(first: string, second: string): KeyObject {
  const [p, q] = [primeOf(first), primeOf(second)];
  const e = 65_537n;
  const d = inverse(e, (p - 1n) * (q - 1n));
  const fields = [0n, p * q, e, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q % p, p)];
  return createPrivateKey({ key: sequence(...fields.map(positive)), format: "der", type: "pkcs1" });
}

/** In whole octets, and with a leading zero where the first bit would make it negative. */
function positive(value: bigint): Buffer {
  const hex = value.toString(16);
  const whole = hex.padStart(hex.length + (hex.length % 2), "0");
  return integer(/^[89a-f]/.test(whole) ? `00${whole}` : whole);
}

function primeOf(group: string): bigint {
  return BigInt(`0x${createDiffieHellmanGroup(group).getPrime("hex")}`);
}

/** Extended Euclid. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [r0, r1] = [modulus, value % modulus];
  let [t0, t1] = [0n, 1n];
  while (r1 > 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  return (t0 + modulus) % modulus;
}
