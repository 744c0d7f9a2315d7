import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { nearName } from "../common/near-name.ts";
import type { HelpTopic } from "./help.ts";

export type Command =
  | { readonly kind: "help"; readonly topic: HelpTopic }
  | { readonly kind: "version" }
  | RunCommand
  | UsageError;

export interface RunCommand {
  readonly kind: "run";
  /** As given; at least one. */
  readonly files: readonly string[];
  /** Exact names or titles; empty: every request. */
  readonly names: readonly string[];
  /** "" for none. */
  readonly environment: string;
  readonly json: boolean;
}

export interface UsageError {
  readonly kind: "usage-error";
  readonly message: string;
  /** What to type instead. */
  readonly hint: string;
}

const commands = ["run"];
const globalOptions = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const satisfies ParseArgsOptionsConfig;
const runOptions = {
  name: { type: "string", multiple: true },
  env: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsOptionsConfig;

/** Reads the arguments behind `padlock`. Never throws. */
export function parseArguments(args: readonly string[]): Command {
  const [first, ...rest] = args;
  if (first === undefined) return usageError("padlock needs a command", seeHelp("padlock"));
  if (first === "run") return parseRun(rest);
  if (!first.startsWith("-")) return unknownCommand(first);

  const problem = checkOptions(args, globalOptions, "padlock");
  if (problem) return problem;
  const { values } = parseArgs({ args: [...args], options: globalOptions, allowPositionals: true });
  if (values.help) return { kind: "help", topic: "padlock" };
  if (values.version) return { kind: "version" };
  return usageError("padlock needs a command", seeHelp("padlock"));
}

function parseRun(args: readonly string[]): Command {
  const problem = checkOptions(args, runOptions, "padlock run");
  if (problem) return problem;
  const { values, positionals } = parseArgs({ args: [...args], options: runOptions, allowPositionals: true });
  if (values.help) return { kind: "help", topic: "run" };
  if (positionals.length === 0) {
    return usageError("padlock run needs at least one request file", "For example: padlock run api.https");
  }
  return {
    kind: "run",
    files: positionals,
    names: values.name ?? [],
    environment: values.env ?? "",
    json: values.json ?? false,
  };
}

/** The checks of `parseArgs`'s strict mode, in our words and with a suggestion. */
function checkOptions(
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
      if (!token.inlineValue && token.value.startsWith("-")) {
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

function unknownOption(given: string, known: readonly string[], program: string): UsageError {
  const flags = known.map((name) => `--${name}`);
  const near = nearName(given, flags);
  return usageError(`${program} has no option ${given}`, near ? `Did you mean ${near}?` : seeHelp(program));
}

function unknownCommand(given: string): UsageError {
  const message = `padlock has no command "${given}"`;
  const near = nearName(given, commands);
  if (near) return usageError(message, `Did you mean padlock ${near}?`);
  if (/\.(https?|rest)$/i.test(given)) return usageError(message, `Did you mean padlock run ${given}?`);
  return usageError(message, seeHelp("padlock"));
}

function seeHelp(program: string): string {
  return `See ${program} --help.`;
}

function usageError(message: string, hint: string): UsageError {
  return { kind: "usage-error", message, hint };
}
