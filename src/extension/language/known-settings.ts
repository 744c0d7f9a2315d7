import type { KnownSecret, RuleLevel } from "../../language/index.ts";

const levels: readonly string[] = ["off", "hint", "information", "warning", "error"] satisfies readonly RuleLevel[];

/** `padlock.secrets` as a person wrote it, right or wrong: what is no list of hosts is left to the check of the settings. */
export function knownSecrets(value: unknown, isSet: (name: string) => boolean): KnownSecret[] {
  return entriesOf(value).flatMap(([name, hosts]) =>
    Array.isArray(hosts) ? [{ name, hosts: hosts.filter((host) => typeof host === "string"), isSet: isSet(name) }] : [],
  );
}

/** `padlock.publicEnv`; what is no name changes nothing. */
export function publicNames(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
}

/** `padlock.diagnostics`; a level that does not exist changes nothing. */
export function ruleLevels(value: unknown): Readonly<Record<string, RuleLevel>> {
  return Object.fromEntries(entriesOf(value).filter(isLevel));
}

function isLevel(entry: readonly [string, unknown]): entry is [string, RuleLevel] {
  return levels.some((level) => level === entry[1]);
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
