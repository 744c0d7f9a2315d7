import { homedir } from "node:os";
import { didYouMean } from "../common/near-name.ts";
import type { Environment } from "./environment.ts";

/** `${…}` in a text of the settings. An unclosed `${` is text. */
const placeholder = /\$\{([^}]*)\}/g;
const environmentName = /^env:([^\s={}]+)$/;

/** Nothing but one environment variable: the only form of a passphrase that may be shown. */
export function isEnvironmentReference(text: string): boolean {
  return /^\$\{env:[^}]*\}$/.test(text);
}

/** The first `${…}` that is none of ours, and what to write instead; VS Code's other ones are not available here. */
export function unknownPlaceholder(text: string): { readonly written: string; readonly fix: string } | undefined {
  for (const [written, name = ""] of text.matchAll(placeholder)) {
    if (name === "workspaceFolder" || name === "userHome" || environmentName.test(name)) continue;
    // Built from "$" so that nobody takes it for a template literal that lost its backticks.
    const known = ["{env:NAME}", "{workspaceFolder}", "{userHome}"].map((form) => `$${form}`);
    const fix = `Write one of ${known.join(", ")}.${didYouMean(written, known)}`;
    return { written, fix };
  }
  return undefined;
}

/**
 * Replaces every placeholder once; what an environment variable holds is never expanded again. An environment
 * variable that is unset or empty gives its name as `missing`.
 */
export function expandPlaceholders(
  text: string,
  root: string,
  environment: Environment,
): { readonly text: string; readonly missing: string | undefined } {
  let missing: string | undefined;
  const expanded = text.replace(placeholder, (written: string, name: string) => {
    if (name === "workspaceFolder") return root;
    if (name === "userHome") return homedir();
    const variable = environmentName.exec(name)?.[1];
    if (variable === undefined) return written;
    const value = environment.get(variable);
    if (value === undefined || value === "") missing ??= variable;
    return value ?? "";
  });
  return { text: expanded, missing };
}
