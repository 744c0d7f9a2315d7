import { type DynamicArgument, type ScannedArguments, scanDynamicArguments } from "../../syntax/dynamic-arguments.ts";
import { findDynamicValue } from "../../syntax/dynamic-values.ts";
import { DynamicError } from "./dynamic-error.ts";

const problems: Readonly<Record<NonNullable<ScannedArguments["problem"]>, string>> = {
  "open-quote": "a quote is not closed",
  "open-parenthesis": "a parenthesis is not closed",
  "empty-argument": "an argument between the commas is empty",
  "text-behind-quote": "something stands directly behind a closing quote",
};

/**
 * The arguments of `{{name rest}}`. A reference among them is to be replaced by its value before `evaluateDynamic`.
 * @throws {DynamicError} for open quotes and parentheses
 */
export function readArguments(rest: string, name: string): readonly DynamicArgument[] {
  const scanned = scanDynamicArguments(name, rest);
  if (scanned.problem === undefined) return scanned.arguments;
  throw new DynamicError(`The arguments of ${name} cannot be read: ${problems[scanned.problem]}.`, usage(name));
}

/** `Write it as {{$randomInt 1 7}}.` */
export function usage(name: string): string {
  return `Write it as {{${findDynamicValue(name)?.example ?? name}}}.`;
}
