export type { DynamicArgument } from "../../syntax/dynamic-arguments.ts";
export { DynamicError } from "./dynamic-error.ts";
export { type DynamicContext, evaluateDynamic, isDynamicValue } from "./evaluate.ts";
export { readArguments } from "./read-arguments.ts";
