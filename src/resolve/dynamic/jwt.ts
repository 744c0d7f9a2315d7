import { createPrivateKey, createSecretKey, type KeyObject } from "node:crypto";
import { SignJWT } from "jose";
import { parseDuration } from "../../settings/index.ts";
import { DynamicError } from "./dynamic-error.ts";
import type { Evaluate } from "./evaluate.ts";
import { usage } from "./read-arguments.ts";

const secretAlgorithms = ["HS256", "HS384", "HS512"];
const keyAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const algorithms = [...secretAlgorithms, ...keyAlgorithms];

/** NumericDate claims (RFC 7519 §4.1). */
const dateClaims = new Set(["exp", "nbf", "iat"]);
/** Claims that are strings even where they look like numbers (RFC 7519 §4.1). */
const textClaims = new Set(["iss", "sub", "aud", "jti"]);
/** Header parameters that change how the token is made or checked, not what it says (RFC 7515 §4.1). */
const fixedHeaders = new Set(["alg", "b64", "crit", "jwk", "jku", "x5u"]);

interface Parts {
  readonly header: Map<string, string>;
  readonly claims: Map<string, unknown>;
}

/**
 * `$jwt ALGORITHM KEY [claim=value …]`: a signed token (RFC 7519) with the claim `iat`. An unsigned one (`none`) is
 * refused. The key stays in memory and in no text.
 */
export const jwt: Evaluate = async ([algorithm = "", key = "", ...rest], { now }, name) => {
  const alg = algorithms.find((known) => known.toLowerCase() === algorithm.toLowerCase());
  if (alg === undefined) {
    const detail =
      algorithm.toLowerCase() === "none"
        ? "A token without a signature proves nothing, so that $jwt does not make one."
        : `"${algorithm}" is not an algorithm of $jwt.`;
    throw new DynamicError(detail, `Use one of ${algorithms.join(", ")}. ${usage(name)}`);
  }
  const seconds = Math.floor(now.getTime() / 1000);
  const { header, claims } = readParts(rest, seconds, name);
  if (!claims.has("iat")) claims.set("iat", seconds);
  const signingKey = secretAlgorithms.includes(alg) ? readSecret(key) : readPrivateKey(key, alg);
  try {
    return await new SignJWT(Object.fromEntries(claims))
      .setProtectedHeader({ typ: "JWT", ...Object.fromEntries(header), alg })
      .sign(signingKey);
  } catch {
    // The library's message can quote the key.
    throw new DynamicError(
      `The key of $jwt does not fit ${alg}.`,
      "RS… and PS… need an RSA key of 2048 bits or more, ES256, ES384 and ES512 a key of P-256, P-384 and P-521, EdDSA an Ed25519 key.",
    );
  }
};

function readParts(args: readonly string[], now: number, name: string): Parts {
  const header = new Map<string, string>();
  const claims = new Map<string, unknown>();
  for (const arg of args) {
    for (const [key, value] of arg.trimStart().startsWith("{") ? readObject(arg) : [readClaim(arg, name)]) {
      const parameter = /^header\.(.+)$/.exec(key)?.[1];
      if (parameter === undefined) {
        claims.set(key, dateClaims.has(key) ? readDate(key, value, now) : value);
      } else if (fixedHeaders.has(parameter) || typeof value !== "string") {
        throw new DynamicError(`The header parameter ${parameter} of $jwt cannot be set.`, "Leave it out.");
      } else header.set(parameter, value);
    }
  }
  return { header, claims };
}

function readObject(text: string): [string, unknown][] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  } catch {
    // The parser's message quotes the text, which may hold a secret.
  }
  throw new DynamicError(
    "The claims of $jwt are not a JSON object.",
    `Write them as '{"sub":"alice"}', in single quotes.`,
  );
}

/** `admin=true` and `level=3` are JSON's; in quotes, and for the registered claims, they are text. */
function readClaim(text: string, name: string): [string, unknown] {
  const [, key = "", written = ""] = /^([^\s="'{}]+)=(.*)$/s.exec(text) ?? [];
  if (key === "") {
    throw new DynamicError("A claim of $jwt is neither name=value nor a JSON object.", usage(name));
  }
  const quoted = /^(["'])(.*)\1$/s.exec(written)?.[2];
  if (quoted !== undefined) return [key, quoted];
  if (/^\$(?:env|secret|dotenv|processEnv)\b/.test(written)) {
    throw new DynamicError(
      `The claim ${key} of $jwt names a variable, but what stands behind "=" is taken as it is.`,
      `Define a variable that holds the claims, @claims = {"${key}": "{{${written}}}"}, and write its name: {{$jwt HS256 $env.JWT_KEY claims}}.`,
    );
  }
  if (textClaims.has(key) || dateClaims.has(key)) return [key, written];
  if (written === "true" || written === "false" || written === "null") return [key, JSON.parse(written)];
  if (/^-?(?:0|[1-9]\d*)$/.test(written) && Number.isSafeInteger(Number(written))) return [key, Number(written)];
  return [key, written];
}

/** Seconds since 1970; a duration such as `5m` counts from now. */
function readDate(key: string, value: unknown, now: number): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const text = String(value);
  if (/^\d{1,12}$/.test(text)) return Number(text);
  const [, sign = "", amount = ""] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  const days = /^(\d{1,6})d$/.exec(amount)?.[1];
  const milliseconds = days === undefined ? parseDuration(amount) : Number(days) * 86_400_000;
  if (milliseconds !== undefined) return now + Math.round(milliseconds / 1000) * (sign === "-" ? -1 : 1);
  throw new DynamicError(
    `The claim ${key} of $jwt is not a time.`,
    `Write a duration from now, such as ${key}=5m, 2h or 30d, or seconds since 1970.`,
  );
}

function readSecret(text: string): KeyObject {
  if (text === "") throw new DynamicError("The key of $jwt is empty.", "Use a variable that has a value.");
  if (/-----BEGIN [A-Z ]*KEY-----/.test(text)) {
    throw new DynamicError(
      "The key of $jwt is a PEM key, which HS256, HS384 and HS512 would use as a mere password.",
      "Use RS256, PS256, ES256 or EdDSA, as the key is.",
    );
  }
  return createSecretKey(text, "utf8");
}

/** PEM text, PKCS #8, PKCS #1 or SEC 1. Line ends may be written as `\n`, as they are in environment variables. */
function readPrivateKey(text: string, alg: string): KeyObject {
  const pem = text.includes("\n") ? text : text.replaceAll("\\n", "\n");
  try {
    return createPrivateKey(pem);
  } catch {
    // The reason can quote the key.
    throw new DynamicError(
      `The key of $jwt is not a private key in PEM form, which ${alg} needs.`,
      'Give the text of a file that starts with "-----BEGIN PRIVATE KEY-----", without a passphrase, for example in an environment variable.',
    );
  }
}
