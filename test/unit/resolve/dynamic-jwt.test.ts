import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, it } from "node:test";
import { decodeProtectedHeader, jwtVerify } from "jose";
import { DynamicError, evaluateDynamic } from "../../../src/resolve/dynamic/index.ts";

const now = new Date("2026-01-31T12:34:56.789Z");
const seconds = 1769862896;
const sign = (...args: readonly string[]) => evaluateDynamic("$jwt", args, { now });
const secret = "a secret that nobody knows, of more than thirty-two bytes";

async function claims(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const token = await sign("HS256", secret, ...args);
  return (await jwtVerify(token, Buffer.from(secret), { currentDate: now })).payload;
}

describe("$jwt", () => {
  it("says when it was made", async () => assert.deepEqual(await claims(), { iat: seconds }));

  it("takes claims one by one: text, JSON's words and numbers, and what is quoted", async () => {
    const given = await claims(
      "sub=12",
      "admin=true",
      "level=-3",
      'level2="3"',
      "note=a=b",
      "big=12345678901234567890",
    );
    assert.deepEqual(given, {
      sub: "12",
      admin: true,
      level: -3,
      level2: "3",
      note: "a=b",
      big: "12345678901234567890",
      iat: seconds,
    });
  });

  it("takes a JSON object, and dates as durations from now", async () => {
    const given = await claims('{"roles":["a"],"exp":"1h","iat":5}', "nbf=-10s", "aud=x");
    assert.deepEqual(given, { roles: ["a"], exp: seconds + 3600, iat: 5, nbf: seconds - 10, aud: "x" });
    assert.equal((await claims("exp=1800000000"))["exp"], 1_800_000_000);
    assert.equal((await claims("exp=30d"))["exp"], seconds + 30 * 86_400);
  });

  it("takes header parameters, but none that change how it is made", async () => {
    const header = decodeProtectedHeader(await sign("HS256", secret, "header.kid=k 1", "header.typ=at+jwt"));
    assert.deepEqual(header, { alg: "HS256", typ: "at+jwt", kid: "k 1" });
    await assert.rejects(sign("HS256", secret, "header.alg=none"), DynamicError);
    await assert.rejects(sign("HS256", secret, "header.b64=false"), DynamicError);
  });

  it("is no way to change the prototype of anything", async () => {
    const token = await sign("HS256", secret, '{"__proto__":{"admin":true}}');
    assert.equal(
      Buffer.from(token.split(".")[1] ?? "", "base64url").toString(),
      `{"__proto__":{"admin":true},"iat":${seconds}}`,
    );
  });

  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ed25519 = generateKeyPairSync("ed25519");
  const pem = (key: KeyObject, type: "pkcs8" | "pkcs1" | "sec1" = "pkcs8") =>
    String(key.export({ format: "pem", type }));
  const keys: readonly (readonly [algorithm: string, privateKey: string, publicKey: KeyObject])[] = [
    ["RS256", pem(rsa.privateKey), rsa.publicKey],
    ["ps256", pem(rsa.privateKey, "pkcs1"), rsa.publicKey],
    ["ES256", pem(p256.privateKey, "sec1"), p256.publicKey],
    ["EdDSA", pem(ed25519.privateKey), ed25519.publicKey],
  ];
  for (const [algorithm, privateKey, publicKey] of keys) {
    it(`signs with ${algorithm}, also with \\n for line ends`, async () => {
      for (const key of [privateKey, privateKey.replaceAll("\n", "\\n")]) {
        const { payload } = await jwtVerify(await sign(algorithm, key, "sub=a"), publicKey, { currentDate: now });
        assert.equal(payload.sub, "a");
      }
    });
  }

  const wrong: readonly (readonly [title: string, ...args: string[]])[] = [
    ["an unsigned token", "none", secret],
    ["an unknown algorithm", "HS257", secret],
    ["a missing key", "HS256"],
    ["an empty key", "HS256", ""],
    ["a PEM key as a password", "HS256", pem(rsa.privateKey)],
    ["a password as a PEM key", "RS256", secret],
    ["a key of another kind", "ES256", pem(rsa.privateKey)],
    ["a public key", "RS256", String(rsa.publicKey.export({ format: "pem", type: "spki" }))],
    ["a claim without a name", "HS256", secret, "=1"],
    ["a claim without a value", "HS256", secret, "sub"],
    ["claims that are not an object", "HS256", secret, "{sub:1}"],
    ["a claim that names a variable", "HS256", secret, "sub=$env.NAME"],
    ["a date that is none", "HS256", secret, "exp=soon"],
  ];
  for (const [title, ...args] of wrong) {
    it(`refuses ${title} and tells no key`, async () => {
      const error = await sign(...args).then(
        () => assert.fail("signed"),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof DynamicError, String(error));
      for (const text of [error.detail, error.fix, error.message]) {
        assert.ok(!text.includes(secret) && !text.includes("MII"), text);
      }
    });
  }
});
