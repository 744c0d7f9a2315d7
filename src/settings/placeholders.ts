import { homedir } from "node:os";
import { didYouMean } from "../common/near-name.ts";
import type { Environment } from "./environment.ts";

/** `${…}` in a text of the settings. An unclosed `${` is text. */
const placeholder = /\$\{([^}]*)\}/g;
const variableName = /^(env|secret):([^\s={}]+)$/;

/** Where the values of placeholders come from. */
export interface PlaceholderValues extends Environment {
  /** `${secret:NAME}`, already read. */
  readonly stored?: (name: string) => string | undefined;
}

/** What a text of the settings asks for: `${env:NAME}` or `${secret:NAME}`. */
export interface AskedVariable {
  readonly source: "env" | "secret";
  readonly name: string;
}

/** Nothing but one environment variable or stored secret: the only form of a passphrase that may be shown. */
export function isPassphraseReference(text: string): boolean {
  return /^\$\{(?:env|secret):[^}]*\}$/.test(text);
}

/** Every variable that the text asks for, in order. */
export function variablesOf(text: string): readonly AskedVariable[] {
  return Array.from(text.matchAll(placeholder), ([, name = ""]) => readVariable(name)).filter(
    (variable) => variable !== undefined,
  );
}

/** The first `${…}` that is none of ours, and what to write instead; VS Code's other ones are not available here. */
export function unknownPlaceholder(
  text: string,
  isPassphrase: boolean,
): { readonly written: string; readonly fix: string } | undefined {
  for (const [written, name = ""] of text.matchAll(placeholder)) {
    if (name === "workspaceFolder" || name === "userHome") continue;
    const source = readVariable(name)?.source;
    if (source === "env" || (source === "secret" && isPassphrase && written === text)) continue;
    // Built from "$" so that nobody takes it for a template literal that lost its backticks.
    const known = ["{env:NAME}", "{workspaceFolder}", "{userHome}"].map((form) => `$${form}`);
    const whole = source === "secret" ? " A stored secret can only be the whole of a passphrase." : "";
    const fix = `Write one of ${known.join(", ")}.${whole || didYouMean(written, known)}`;
    return { written, fix };
  }
  return undefined;
}

/**
 * Replaces every placeholder once; what a variable holds is never expanded again. The first variable that is unset or
 * empty is `missing`.
 */
export function expandPlaceholders(
  text: string,
  root: string,
  values: PlaceholderValues,
): { readonly text: string; readonly missing: AskedVariable | undefined } {
  let missing: AskedVariable | undefined;
  const expanded = text.replace(placeholder, (written: string, name: string) => {
    if (name === "workspaceFolder") return root;
    if (name === "userHome") return homedir();
    const variable = readVariable(name);
    if (!variable) return written;
    const value = variable.source === "env" ? values.get(variable.name) : values.stored?.(variable.name);
    if (value === undefined || value === "") missing ??= variable;
    return value ?? "";
  });
  return { text: expanded, missing };
}

function readVariable(placeholderName: string): AskedVariable | undefined {
  const [, source, name = ""] = variableName.exec(placeholderName) ?? [];
  return source === "env" || source === "secret" ? { source, name } : undefined;
}
