import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { nearName } from "../../common/near-name.ts";
import type { HelpTopic } from "../help.ts";
import { checkOptions, readCount, seeHelp, type UsageError, usageError } from "../options.ts";

/** What `padlock certs` makes; names and numbers are checked where it is made. */
export type CertsCommand = {
  readonly kind: "certs";
  /** As given. */
  readonly dir: string;
  readonly keyType: KeyTypeName | undefined;
  readonly days: number | undefined;
  readonly force: boolean;
  readonly json: boolean;
  /** Also writes the settings that use the certificate. */
  readonly writeSettings: boolean;
} & (
  | { readonly what: "authority"; readonly name: string | undefined; readonly only: readonly string[] }
  | { readonly what: "server"; readonly names: readonly string[] }
  | {
      readonly what: "client";
      readonly name: string;
      readonly pfx: boolean;
      readonly hosts: readonly string[];
      /** The environment variable with the passphrase; undefined to ask at the terminal, false for none. */
      readonly passphraseVariable: string | undefined | false;
    }
);

const keyTypeNames = ["ec-p256", "ec-p384", "rsa-2048", "rsa-3072", "ed25519"] as const;
type KeyTypeName = (typeof keyTypeNames)[number];

const commonOptions = {
  dir: { type: "string" },
  "key-type": { type: "string" },
  days: { type: "string" },
  force: { type: "boolean" },
  json: { type: "boolean" },
  "write-settings": { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsOptionsConfig;
const authorityOptions = {
  ...commonOptions,
  name: { type: "string" },
  only: { type: "string", multiple: true },
} as const satisfies ParseArgsOptionsConfig;
const clientOptions = {
  ...commonOptions,
  p12: { type: "boolean" },
  host: { type: "string", multiple: true },
  "passphrase-env": { type: "string" },
  "no-passphrase": { type: "boolean" },
} as const satisfies ParseArgsOptionsConfig;

type Parsed = CertsCommand | UsageError | { readonly kind: "help"; readonly topic: HelpTopic };

const commands: ReadonlyMap<string, (args: readonly string[]) => Parsed> = new Map([
  ["init", parseInit],
  ["server", parseServer],
  ["client", parseClient],
]);

const help = { kind: "help", topic: "certs" } as const;

/** The arguments behind `padlock certs`. */
export function parseCerts(args: readonly string[]): Parsed {
  const [first, ...rest] = args;
  if (first === "--help" || first === "-h") return help;
  const parse = first === undefined ? undefined : commands.get(first);
  if (parse) return parse(rest);
  const near = first === undefined ? undefined : nearName(first, commands.keys());
  const message = first === undefined ? "padlock certs needs a command" : `padlock certs has no command "${first}"`;
  return usageError(message, near ? `Did you mean padlock certs ${near}?` : seeHelp("padlock certs"));
}

function parseInit(args: readonly string[]): Parsed {
  const problem = checkOptions(args, authorityOptions, "padlock certs");
  if (problem) return problem;
  const { values, positionals } = parseArgs({ args: [...args], options: authorityOptions, allowPositionals: true });
  if (values.help) return help;
  const common = readCommon(values);
  if ("message" in common) return common;
  const [extra] = positionals;
  if (extra !== undefined) {
    return usageError(
      `padlock certs init makes an authority and takes no "${extra}"`,
      `For a server's certificate: padlock certs server ${extra}`,
    );
  }
  return { kind: "certs", what: "authority", ...common, name: values.name, only: values.only ?? [] };
}

function parseServer(args: readonly string[]): Parsed {
  const problem = checkOptions(args, commonOptions, "padlock certs");
  if (problem) return problem;
  const { values, positionals } = parseArgs({ args: [...args], options: commonOptions, allowPositionals: true });
  if (values.help) return help;
  const common = readCommon(values);
  if ("message" in common) return common;
  if (positionals.length === 0) {
    return usageError(
      "padlock certs server needs at least one name",
      "For example: padlock certs server localhost 127.0.0.1 ::1",
    );
  }
  return { kind: "certs", what: "server", ...common, names: positionals };
}

function parseClient(args: readonly string[]): Parsed {
  if (args.some((arg) => /^--passphrase(?:=|$)/.test(arg))) {
    return usageError(
      "A passphrase is no argument: other users of this machine can read those",
      "Name an environment variable that holds it: --passphrase-env CLIENT_KEY",
    );
  }
  const problem = checkOptions(args, clientOptions, "padlock certs");
  if (problem) return problem;
  const { values, positionals } = parseArgs({ args: [...args], options: clientOptions, allowPositionals: true });
  if (values.help) return help;
  const common = readCommon(values);
  if ("message" in common) return common;
  const [name, extra] = positionals;
  if (name === undefined || extra !== undefined) {
    return usageError("padlock certs client needs one name", "For example: padlock certs client alice");
  }
  const passphraseVariable = readPassphrase(values);
  if (typeof passphraseVariable === "object") return passphraseVariable;
  const { p12 = false, host = [] } = values;
  return { kind: "certs", what: "client", ...common, name, pfx: p12, hosts: host, passphraseVariable };
}

interface GivenPassphrase {
  readonly "passphrase-env"?: string;
  readonly "no-passphrase"?: boolean;
  readonly p12?: boolean;
}

function readPassphrase(given: GivenPassphrase): string | undefined | false | UsageError {
  const { "passphrase-env": variable, "no-passphrase": none = false, p12 = false } = given;
  if (variable !== undefined && !/^[^\s={}\0]+$/.test(variable)) {
    return usageError("--passphrase-env needs the name of a variable", "For example: --passphrase-env CLIENT_KEY");
  }
  if (!none) return variable;
  if (variable !== undefined) return usageError("--no-passphrase stands beside --passphrase-env", "Keep one of them.");
  if (p12) return usageError("A P12 file needs a passphrase", "Leave --no-passphrase out.");
  return false;
}

interface GivenCommon {
  readonly dir?: string;
  readonly "key-type"?: string;
  readonly days?: string;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly "write-settings"?: boolean;
}

type Common = Pick<CertsCommand, "dir" | "keyType" | "days" | "force" | "json" | "writeSettings">;

function readCommon(given: GivenCommon): Common | UsageError {
  const { dir = "certs", "key-type": written, force = false, json = false, "write-settings": writeSettings } = given;
  if (dir === "") return usageError("--dir needs a folder", "For example: --dir certs");
  const keyType = keyTypeNames.find((name) => name === written);
  if (written !== undefined && keyType === undefined) {
    const near = nearName(written, keyTypeNames);
    const hint = near ? `Did you mean ${near}?` : `Known are: ${keyTypeNames.join(", ")}.`;
    return usageError(`--key-type knows no "${written}"`, hint);
  }
  const days = readCount("--days", given.days);
  if (typeof days === "object") return { ...days, hint: "For example: --days 90" };
  return { dir, keyType, days, force, json, writeSettings: writeSettings ?? false };
}
