import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { nearName } from "../common/near-name.ts";
import type { RawSettings } from "../engine/contract.ts";
import { type CertsCommand, parseCerts } from "./certs/arguments.ts";
import type { HelpTopic } from "./help.ts";
import { type InspectCommand, parseInspect } from "./inspect/arguments.ts";
import { checkOptions, readCount, readVariables, seeHelp, type UsageError, usageError } from "./options.ts";
import { isUsageError, personOptions, readPersonOptions } from "./person-options.ts";

export type Command =
  | { readonly kind: "help"; readonly topic: HelpTopic }
  | { readonly kind: "version" }
  | RunCommand
  | ListCommand
  | CheckCommand
  | CertsCommand
  | InspectCommand
  | UsageError;

export interface RunCommand {
  readonly kind: "run";
  /** Files and folders as given; at least one. */
  readonly paths: readonly string[];
  /** Exact names or titles; empty: every request. */
  readonly names: readonly string[];
  /** "" for none. */
  readonly environment: string;
  /** Of `--var`. */
  readonly variables: ReadonlyMap<string, string>;
  readonly json: boolean;
  /** Print the whole TLS report of each exchange. */
  readonly tls: boolean;
  /** What holds for this run alone, as settings of the person's own scope: of `--allow-secret`, `--unverified`, … */
  readonly person: RawSettings["person"];
  /** A path as given, `-` for standard error; undefined for no log. */
  readonly log: string | undefined;
}

export interface ListCommand {
  readonly kind: "list";
  /** Files and folders as given; without any the current folder. */
  readonly paths: readonly string[];
  readonly json: boolean;
}

export interface CheckCommand {
  readonly kind: "check";
  readonly paths: readonly string[];
  readonly json: boolean;
  /** More warnings than this are an error; undefined: any number is fine. */
  readonly maxWarnings: number | undefined;
}

const currentFolder = ["."];

const globalOptions = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const satisfies ParseArgsOptionsConfig;
const runOptions = {
  name: { type: "string", multiple: true },
  env: { type: "string" },
  var: { type: "string", multiple: true },
  json: { type: "boolean" },
  tls: { type: "boolean" },
  ...personOptions,
  log: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsOptionsConfig;
const listOptions = {
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsOptionsConfig;
const checkOptionsOf = {
  ...listOptions,
  "max-warnings": { type: "string" },
} as const satisfies ParseArgsOptionsConfig;

const commands: ReadonlyMap<string, (args: readonly string[]) => Command> = new Map<
  string,
  (args: readonly string[]) => Command
>([
  ["run", parseRun],
  ["list", parseList],
  ["check", parseCheck],
  ["inspect", parseInspect],
  ["certs", parseCerts],
]);

/** Reads the arguments behind `padlock`. Never throws. */
export function parseArguments(args: readonly string[]): Command {
  const [first, ...rest] = args;
  if (first === undefined) return usageError("padlock needs a command", seeHelp("padlock"));
  const parseCommand = commands.get(first);
  if (parseCommand) return parseCommand(rest);
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
  const variables = readVariables(values.var ?? []);
  if ("kind" in variables) return variables;
  const person = readPersonOptions(values);
  if (isUsageError(person)) return person;
  return {
    kind: "run",
    paths: positionals,
    names: values.name ?? [],
    environment: values.env ?? "",
    variables,
    json: values.json ?? false,
    tls: values.tls ?? false,
    person,
    log: values.log,
  };
}

function parseList(args: readonly string[]): Command {
  const problem = checkOptions(args, listOptions, "padlock list");
  if (problem) return problem;
  const { values, positionals } = parseArgs({ args: [...args], options: listOptions, allowPositionals: true });
  if (values.help) return { kind: "help", topic: "list" };
  return { kind: "list", paths: orCurrentFolder(positionals), json: values.json ?? false };
}

function parseCheck(args: readonly string[]): Command {
  const problem = checkOptions(args, checkOptionsOf, "padlock check");
  if (problem) return problem;
  const { values, positionals } = parseArgs({ args: [...args], options: checkOptionsOf, allowPositionals: true });
  if (values.help) return { kind: "help", topic: "check" };
  const maxWarnings = readCount("--max-warnings", values["max-warnings"]);
  if (typeof maxWarnings === "object") return maxWarnings;
  return { kind: "check", paths: orCurrentFolder(positionals), json: values.json ?? false, maxWarnings };
}

function orCurrentFolder(positionals: readonly string[]): readonly string[] {
  return positionals.length === 0 ? currentFolder : positionals;
}

function unknownCommand(given: string): UsageError {
  const message = `padlock has no command "${given}"`;
  const near = nearName(given, commands.keys());
  if (near) return usageError(message, `Did you mean padlock ${near}?`);
  if (/\.(https?|rest)$/i.test(given)) return usageError(message, `Did you mean padlock run ${given}?`);
  return usageError(message, seeHelp("padlock"));
}
