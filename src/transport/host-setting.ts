import { patternFor } from "../settings/index.ts";

/** Where a host's settings go: entries of `padlock.hosts` are not merged, so one that matches must be the one to grow. */
export interface HostSettingContext {
  readonly host: string;
  readonly port: number;
  /** The entry that applies now, as written; undefined where none does. */
  readonly pattern: string | undefined;
}

/** "add "cert": … to the entry "api.example.com" of padlock.hosts", or the whole new entry. */
export function hostSetting({ host, port, pattern }: HostSettingContext, members: string): string {
  if (pattern !== undefined) return `add ${members} to the entry "${pattern}" of padlock.hosts`;
  const url = new URL(`https://${host.includes(":") ? `[${host}]` : host}:${port}`);
  return `add this entry to padlock.hosts: "${patternFor(url)}": { ${members} }`;
}
