import type { Environment } from "../../secrets/environment.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { askLine, isTerminal, type Terminal } from "../prompt.ts";
import type { CertsCommand } from "./arguments.ts";

export interface PassphraseSource {
  readonly environment: Environment;
  readonly terminal: Terminal;
  onInterrupt(): void;
}

export type PassphraseAnswer =
  /** Undefined: the key is not encrypted. */
  | { readonly kind: "given"; readonly passphrase: string | undefined }
  | { readonly kind: "interrupted" }
  | { readonly kind: "wrong-usage" | "missing"; readonly problem: Diagnostic };

type Client = Extract<CertsCommand, { readonly what: "client" }>;

/** Never from the arguments, which other users of the machine can read: from the environment, or typed without echo. */
export async function readPassphrase(
  { passphraseVariable, pfx, name }: Pick<Client, "passphraseVariable" | "pfx" | "name">,
  { environment, terminal, onInterrupt }: PassphraseSource,
): Promise<PassphraseAnswer> {
  if (passphraseVariable === false) return { kind: "given", passphrase: undefined };
  if (passphraseVariable !== undefined) {
    const passphrase = environment.get(passphraseVariable);
    return passphrase ? { kind: "given", passphrase } : { kind: "missing", problem: unset(passphraseVariable) };
  }
  if (!isTerminal(terminal)) {
    return pfx ? { kind: "wrong-usage", problem: noTerminal } : { kind: "given", passphrase: undefined };
  }
  const ask = (question: string) => askLine(`${question} (not shown): `, true, terminal, onInterrupt);
  const what = pfx ? "the P12 file" : "the private key; empty for none";
  for (;;) {
    const first = await ask(`Passphrase for ${what}`);
    if (first === undefined) return { kind: "interrupted" };
    if (first === "" && !pfx) return { kind: "given", passphrase: undefined };
    if (first === "") terminal.output.write("A P12 file needs a passphrase.\n");
    else {
      const second = await ask("The same once more");
      if (second === undefined) return { kind: "interrupted" };
      if (second === first) return { kind: "given", passphrase: first };
      terminal.output.write(`The two differ. Nothing was made for ${JSON.stringify(name)} yet.\n`);
    }
  }
}

function unset(variable: string): Diagnostic {
  return {
    code: "variable.unset",
    title: `The environment variable ${variable} is not set`,
    detail: "It has to hold the passphrase, and is unset or empty.",
    fix: `Set ${variable} in the environment of the command, or leave --passphrase-env out to be asked at the terminal.`,
  };
}

const noTerminal: Diagnostic = {
  title: "A P12 file needs a passphrase",
  detail: "There is no terminal to ask at.",
  fix: "Set an environment variable and name it with --passphrase-env.",
};
