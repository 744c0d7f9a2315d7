import type { HostEntry, SettingString } from "./model.ts";

type Values = Readonly<Record<string, unknown>>;

/** Marks the files of `padlock.hosts` that the person's own scope names at the same place, in the same words. */
export function withPersonalPaths(hosts: readonly HostEntry[], person: Values): readonly HostEntry[] {
  const mark = (setting: SettingString): SettingString =>
    valueAt(person, setting.path) === setting.text ? { ...setting, isPersonal: true } : setting;
  return hosts.map((host) => ({
    ...host,
    ...(host.cert && { cert: mark(host.cert) }),
    ...(host.key && { key: mark(host.key) }),
    ...(host.pfx && { pfx: mark(host.pfx) }),
    ...(host.ca && { ca: host.ca.map(mark) }),
    ...(host.crl && { crl: host.crl.map(mark) }),
    ...(host.socket && { socket: mark(host.socket) }),
  }));
}

function valueAt(values: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key) ? (value as Values)[key] : undefined,
    values,
  );
}
