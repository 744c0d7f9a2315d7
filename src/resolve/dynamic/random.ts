import { randomBytes, randomInt } from "node:crypto";
import { DynamicError } from "./dynamic-error.ts";
import type { Evaluate } from "./evaluate.ts";
import { usage } from "./read-arguments.ts";

/** More random characters than this are a mistake. */
const longest = 10_000;

/** `min` inclusive, `max` exclusive, as REST Client and JetBrains have it. */
export const integer: Evaluate = (args, _context, name) => {
  const [min, max] = readLimits(args, name, /^[+-]?\d{1,16}$/, "a whole number");
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max)) {
    throw new DynamicError(`The limits of ${name} are too large.`, "Use numbers of at most 15 digits.");
  }
  return String(randomBetween(min, max));
};

export const float: Evaluate = (args, _context, name) => {
  const [min, max] = readLimits(args, name, /^[+-]?\d{1,16}(?:\.\d{1,20})?$/, "a number");
  // 48 random bits are exact in a double; the sum may still round up to `max`.
  const value = min + (max - min) * (randomBytes(6).readUIntBE(0, 6) / 2 ** 48);
  return plainNumber(value < max ? value : min);
};

export function randomText(alphabet: string): Evaluate {
  return (args, _context, name) => {
    const [text = ""] = args;
    const length = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    if (length < 1 || length > longest) {
      throw new DynamicError(`The length of ${name} must be a whole number from 1 to ${longest}.`, usage(name));
    }
    return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
  };
}

/** RFC 2606 keeps example.com free: a message to it reaches nobody. */
export const email: Evaluate = () => `${randomBytes(8).toString("hex")}@example.com`;

function readLimits(args: readonly string[], name: string, form: RegExp, kind: string): readonly [number, number] {
  if (args.length === 0) return [0, 1000];
  const [min, max] = args;
  if (min === undefined || max === undefined) {
    throw new DynamicError(`${name} needs both limits or none, but one is written.`, usage(name));
  }
  if (!form.test(min) || !form.test(max)) throw new DynamicError(`A limit of ${name} is not ${kind}.`, usage(name));
  if (Number(min) < Number(max)) return [Number(min), Number(max)];
  throw new DynamicError(
    `The lower limit of ${name} is not below its upper limit, so that there is no number between them.`,
    `${usage(name)} The upper limit itself is never given.`,
  );
}

/** `randomInt` of Node covers 2^48 numbers; a wider range is drawn from 2^64 and brought in without bias. */
function randomBetween(min: number, max: number): bigint {
  const from = BigInt(min);
  const size = BigInt(max) - from;
  const all = 2n ** 64n;
  const fair = all - (all % size);
  for (;;) {
    const drawn = randomBytes(8).readBigUInt64BE();
    if (drawn < fair) return from + (drawn % size);
  }
}

/** Without an exponent, which few readers of plain numbers expect. */
function plainNumber(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(15).replace(/\.?0+$/, "") : text;
}
