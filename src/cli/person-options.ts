import { homedir } from "node:os";
import { parse, resolve } from "node:path";
import type { RawSettings } from "../engine/contract.ts";
import { parseHostPattern } from "../settings/host-pattern.ts";
import { type UsageError, usageError } from "./options.ts";

/** The options that say what the settings of a person say in the editor; each may be given more than once. */
export const personOptions = {
  "allow-secret": { type: "string", multiple: true },
  unverified: { type: "string", multiple: true },
  "plain-http": { type: "string", multiple: true },
  "outside-path": { type: "string", multiple: true },
} as const;

type Given = { readonly [Name in keyof typeof personOptions]?: readonly string[] | undefined };

/** Undefined without any of the options. Checked as settings are, so that a slip is wrong usage. */
export function readPersonOptions(given: Given): RawSettings["person"] | UsageError {
  const secrets: Record<string, string[]> = Object.create(null);
  for (const text of given["allow-secret"] ?? []) {
    const [, name = "", host = ""] = /^([^\s={}\0]+)=(.+)$/s.exec(text) ?? [];
    if (name === "") {
      return usageError(
        `--allow-secret needs a name and a host, not "${text}"`,
        "For example: --allow-secret API_TOKEN=api.example.com",
      );
    }
    const problem = checkHost("--allow-secret", host, (better) => `${name}=${better}`);
    if (problem) return problem;
    secrets[name] = [...(secrets[name] ?? []), host];
  }
  for (const option of ["unverified", "plain-http"] as const) {
    for (const host of given[option] ?? []) {
      const problem = checkHost(`--${option}`, host, (better) => better);
      if (problem) return problem;
    }
  }
  const folders = (given["outside-path"] ?? []).map((path) => resolve(path.replace(/^~(?=[/\\]|$)/, homedir())));
  const root = folders.find((folder) => parse(folder).root === folder);
  if (root !== undefined || given["outside-path"]?.includes("")) {
    return usageError(
      "--outside-path needs a folder, not all of the disk",
      "For example: --outside-path /etc/ssl/team",
    );
  }
  const person = {
    ...(given["allow-secret"] && { "padlock.secrets": { ...secrets } }),
    ...(given.unverified && { "padlock.unverifiedHosts": given.unverified }),
    ...(given["plain-http"] && { "padlock.plainHttpHosts": given["plain-http"] }),
    ...(given["outside-path"] && { "padlock.outsidePaths": folders }),
  };
  return Object.keys(person).length === 0 ? undefined : person;
}

export function isUsageError(value: object | undefined): value is UsageError {
  return value !== undefined && "kind" in value && value.kind === "usage-error";
}

function checkHost(option: string, host: string, shown: (host: string) => string): UsageError | undefined {
  const pattern = parseHostPattern(host);
  if (pattern.ok) return undefined;
  const { reason, instead = "api.example.com" } = pattern.error;
  const start = pattern.error.instead === undefined ? "For example" : "Write";
  return usageError(`${option} has the host "${host}". ${reason}.`, `${start}: ${option} ${shown(instead)}`);
}
