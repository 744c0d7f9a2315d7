import { randomUUID } from "node:crypto";
import { base64, basic } from "./credentials.ts";
import { DynamicError } from "./dynamic-error.ts";
import { email, float, integer, randomText } from "./random.ts";
import { usage } from "./read-arguments.ts";

export interface DynamicContext {
  /** One moment for all values of a request. */
  readonly now: Date;
}

/** Makes one value, or throws a `DynamicError`. */
export type Evaluate = (args: readonly string[], context: DynamicContext, name: string) => string | Promise<string>;

interface Evaluator {
  readonly least: number;
  readonly most: number;
  readonly evaluate: Evaluate;
}

/** Their libraries are loaded when the first such value is made: most requests have none. */
const dateValue =
  (name: "datetime" | "isoTimestamp" | "localDatetime" | "timestamp"): Evaluate =>
  async (...given) =>
    (await import("./dates.ts"))[name](...given);
const jwt: Evaluate = async (...given) => (await import("./jwt.ts")).jwt(...given);

const uuid: Evaluator = { least: 0, most: 0, evaluate: () => randomUUID() };
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const evaluators: ReadonlyMap<string, Evaluator> = new Map([
  ["$uuid", uuid],
  ["$guid", uuid],
  ["$random.uuid", uuid],
  ["$timestamp", { least: 0, most: 2, evaluate: dateValue("timestamp") }],
  ["$isoTimestamp", { least: 0, most: 0, evaluate: dateValue("isoTimestamp") }],
  ["$datetime", { least: 0, most: 3, evaluate: dateValue("datetime") }],
  ["$localDatetime", { least: 0, most: 3, evaluate: dateValue("localDatetime") }],
  ["$randomInt", { least: 0, most: 2, evaluate: integer }],
  ["$random.integer", { least: 0, most: 2, evaluate: integer }],
  ["$random.float", { least: 0, most: 2, evaluate: float }],
  ["$random.alphabetic", { least: 1, most: 1, evaluate: randomText(letters) }],
  ["$random.alphanumeric", { least: 1, most: 1, evaluate: randomText(`${letters}0123456789`) }],
  ["$random.hexadecimal", { least: 1, most: 1, evaluate: randomText("0123456789abcdef") }],
  ["$random.email", { least: 0, most: 0, evaluate: email }],
  ["$basic", { least: 2, most: 2, evaluate: basic }],
  ["$base64", { least: 1, most: 20, evaluate: base64 }],
  ["$jwt", { least: 2, most: 50, evaluate: jwt }],
]);

/** True for a name, with its `$`, that `evaluateDynamic` can make a value for. */
export function isDynamicValue(name: string): boolean {
  return evaluators.has(name);
}

/**
 * The value of `{{name args…}}`.
 * @throws {DynamicError} for arguments that are missing, too many or not understood: nothing is ever sent in their place
 */
export async function evaluateDynamic(name: string, args: readonly string[], context: DynamicContext): Promise<string> {
  const evaluator = evaluators.get(name);
  if (!evaluator) throw new DynamicError(`${name} is not a value that Padlock knows.`, "Check its spelling.");
  if (args.length < evaluator.least || args.length > evaluator.most) {
    const { least, most } = evaluator;
    const wanted = most === 0 ? "no arguments" : least === most ? `exactly ${most}` : `${least} to ${most}`;
    throw new DynamicError(`${name} takes ${wanted}, but ${args.length} are written.`, usage(name));
  }
  return evaluator.evaluate(args, context, name);
}
