import { patternFor } from "../settings/index.ts";

/** Where a host's settings go: entries of `padlock.hosts` are not merged, so one that matches must be the one to grow. */
export interface HostSettingContext {
  readonly host: string;
  readonly port: number;
  /** The entry that applies now, as written; undefined where none does. */
  readonly pattern: string | undefined;
  /** The environments that this entry is for; undefined: it names none. */
  readonly environments?: readonly string[] | undefined;
}

/** `the entry "api.example.com" of padlock.hosts`; of several for one host the one that is meant. */
export function entryName({ pattern, environments }: Pick<HostSettingContext, "pattern" | "environments">): string {
  if (pattern === undefined) return "padlock.hosts";
  const names = environments?.map((name) => `"${name}"`).join(", ");
  return `the entry "${pattern}"${names === undefined ? "" : ` (environment ${names})`} of padlock.hosts`;
}

/** "add "cert": … to the entry "api.example.com" of padlock.hosts", or the whole new entry. */
export function hostSetting(context: HostSettingContext, members: string): string {
  const { host, port, pattern } = context;
  if (pattern !== undefined) return `add ${members} to ${entryName(context)}`;
  const url = new URL(`https://${host.includes(":") ? `[${host}]` : host}:${port}`);
  return `add this entry to padlock.hosts: "${patternFor(url)}": { ${members} }`;
}
