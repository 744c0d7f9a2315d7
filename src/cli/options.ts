import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { nearName } from "../common/near-name.ts";

export interface UsageError {
  readonly kind: "usage-error";
  readonly message: string;
  /** What to type instead. */
  readonly hint: string;
}

/** The checks of `parseArgs`'s strict mode, in our words and with a suggestion. */
export function checkOptions(
  args: readonly string[],
  options: ParseArgsOptionsConfig,
  program: string,
): UsageError | undefined {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) return unknownOption(token.rawName, Object.keys(options), program);
    if (option.type === "boolean" && token.value !== undefined) {
      return usageError(`${token.rawName} takes no value`, `Write ${token.rawName} alone.`);
    }
    if (option.type === "string") {
      if (token.value === undefined) return usageError(`${token.rawName} needs a value`, seeHelp(program));
      if (!token.inlineValue && token.value.startsWith("-") && token.value !== "-") {
        return usageError(
          `${token.rawName} needs a value, but ${token.value} follows it`,
          `For a value that starts with a dash write ${token.rawName}=${token.value}.`,
        );
      }
      if (!option.multiple && seen.has(token.name)) {
        return usageError(`${token.rawName} is given twice`, "Keep one of them.");
      }
    }
    seen.add(token.name);
  }
  return undefined;
}

/** `--var NAME=VALUE`, each name once. The message never quotes a value. */
export function readVariables(written: readonly string[]): ReadonlyMap<string, string> | UsageError {
  const variables = new Map<string, string>();
  for (const text of written) {
    const [name = "", ...value] = text.split("=");
    if (!/^[^\s{}()"'$%]+$/u.test(name) || value.length === 0) {
      return usageError("--var needs a name and a value", "For example: --var user=alice");
    }
    if (variables.has(name)) return usageError(`--var ${name} is given twice`, "Keep one of them.");
    variables.set(name, value.join("="));
  }
  return variables;
}

/** A whole number that is not negative; undefined where the option is absent. */
export function readCount(option: string, written: string | undefined): number | undefined | UsageError {
  if (written === undefined) return undefined;
  return /^\d{1,9}$/.test(written)
    ? Number(written)
    : usageError(`${option} needs a number`, `For example: ${option} 0`);
}

export function usageError(message: string, hint: string): UsageError {
  return { kind: "usage-error", message, hint };
}

export function seeHelp(program: string): string {
  return `See ${program} --help.`;
}

function unknownOption(given: string, known: readonly string[], program: string): UsageError {
  const flags = known.map((name) => `--${name}`);
  const near = nearName(given, flags);
  return usageError(`${program} has no option ${given}`, near ? `Did you mean ${near}?` : seeHelp(program));
}
