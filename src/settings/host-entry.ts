import type { SourceLocation } from "../common/range.ts";
import { samePattern } from "./host-pattern.ts";
import type { HostEntry, HostPattern, Timeouts } from "./model.ts";
import {
  type Reader,
  type ReaderTable,
  type Report,
  readBoolean,
  readDuration,
  readEntries,
  readList,
  readOneOf,
  readPassphrase,
  readPatternText,
  readTable,
  readText,
  readWord,
} from "./readers.ts";
import type { SettingPath } from "./setting-path.ts";
import { cipherSuites } from "./tls-names.ts";
import { readCiphers, readGroups, readPins, readProxy, readServerName } from "./tls-readers.ts";

const timeoutTable: ReaderTable<Timeouts> = {
  connect: readDuration,
  handshake: readDuration,
  response: readDuration,
  idle: readDuration,
  total: readDuration,
};
export const readTimeouts = readTable(timeoutTable, '{ "connect": "10s", "total": "2m" }');

/** An entry as it is written: `environment` is one name or a list of them. */
type WrittenEntry = Omit<HostEntry, "pattern" | "path" | "environments"> & { readonly environment?: readonly string[] };

const readNames = readList(readWord, '"staging" or a list such as ["staging", "production"]');

const entryTable: ReaderTable<WrittenEntry> = {
  environment: (value, path, report) => {
    if (typeof value !== "string") return readNames(value, path, report);
    const name = readWord(value, path, report);
    return name === undefined ? undefined : [name];
  },
  cert: readText,
  key: readText,
  pfx: readText,
  passphrase: readPassphrase,
  ca: readList(readText, 'a list such as ["certs/ca.pem"]'),
  crl: readList(readText, 'a list such as ["certs/ca.crl"]'),
  pins: readPins,
  minVersion: readOneOf(["TLSv1.2", "TLSv1.3"]),
  maxVersion: readOneOf(["TLSv1.2", "TLSv1.3"]),
  ciphers: readCiphers,
  groups: readGroups,
  servername: readServerName,
  http2: readBoolean,
  proxy: readProxy,
  socket: readText,
  timeout: readTimeouts,
};
const readEntry = readTable(entryTable, '{ "ca": ["certs/ca.pem"] }');

type Entry = Omit<HostEntry, "pattern">;

/** One entry, or a list of entries, each for other environments. */
const readPatternEntries: Reader<readonly Entry[]> = (value, path, report) => {
  const read: Reader<Entry> = (one, at, to) => {
    const entry = readEntry(one, at, to);
    if (!entry) return undefined;
    const { environment, ...rest } = entry;
    return { path: at, ...rest, ...(environment && { environments: environment }) };
  };
  if (Array.isArray(value)) return readList(read, '[{ "environment": "staging" }, {}]')(value, path, report);
  const entry = read(value, path, report);
  return entry && [entry];
};

/** `padlock.hosts`, with what excludes each other reported. */
export function readHosts(locate: (path: SettingPath) => SourceLocation | undefined): Reader<readonly HostEntry[]> {
  const readKey = (key: string, at: SettingPath, to: Report): HostPattern | undefined =>
    readPatternText(key, at, to, "key");
  const readAll = readEntries(readKey, readPatternEntries, '{ "api.example.com": { … } }');
  return (value, path, report) => {
    const hosts = readAll(value, path, report)?.flatMap(([pattern, entries]) =>
      entries.map((entry): HostEntry => ({ pattern, ...entry })),
    );
    for (const [index, host] of (hosts ?? []).entries()) {
      const rival = hosts?.slice(0, index).find((other) => isRival(host, other));
      if (rival) reportRivals(host, rival, report, locate);
      reportIdentity(host, report);
      reportVersions(host, report);
      reportRoute(host, report);
    }
    return hosts;
  };
}

/** Could both apply to one request, with nothing to say which of them is meant? */
function isRival(a: HostEntry, b: HostEntry): boolean {
  if (!samePattern(a.pattern, b.pattern)) return false;
  if (!a.environments || !b.environments) return a.environments === b.environments;
  return a.environments.some((name) => b.environments?.includes(name));
}

function reportRivals(
  host: HostEntry,
  rival: HostEntry,
  report: Report,
  locate: (path: SettingPath) => SourceLocation | undefined,
): void {
  const place = locate(rival.path);
  const line = place ? ` in line ${place.line}` : "";
  const shared = host.environments?.find((name) => rival.environments?.includes(name));
  const when = shared === undefined ? "" : ` in the environment "${shared}"`;
  const fix = 'Join the two entries into one, or give each an "environment" of its own.';
  const what = `means the same hosts as "${rival.pattern.text}"${line}${when}`;
  report("settings.ambiguous-pattern", host.path, what, fix, "key");
}

function reportIdentity(host: HostEntry, report: Report): void {
  if (host.pfx && (host.cert || host.key)) {
    const fix = 'Keep either "pfx", or "cert" and "key".';
    report("settings.wrong-type", [...host.path, "pfx"], "stands beside a certificate or key of its own", fix, "key");
  } else if (host.key && !host.cert) {
    const fix = 'Add the certificate that belongs to it as "cert".';
    report("settings.wrong-type", [...host.path, "key"], 'has no "cert" beside it', fix, "key");
  }
}

/** A socket leads to its server by itself. */
function reportRoute({ path, proxy, socket }: HostEntry, report: Report): void {
  if (!socket || !proxy || proxy.text === "none") return;
  report("settings.wrong-type", [...path, "proxy"], 'stands beside a "socket"', "Keep one of the two.", "key");
}

/** TLS versions and cipher suites that leave no version over. */
function reportVersions({ path, minVersion, maxVersion, ciphers }: HostEntry, report: Report): void {
  if (minVersion === "TLSv1.3" && maxVersion === "TLSv1.2") {
    const fix = "Correct one of the two: no TLS version lies between them.";
    report("settings.wrong-type", [...path, "minVersion"], 'is newer than "maxVersion"', fix);
  }
  for (const [version, limit, name] of [
    ["1.3", maxVersion === "TLSv1.2", "maxVersion"],
    ["1.2", minVersion === "TLSv1.3", "minVersion"],
  ] as const) {
    if (!limit || !ciphers?.every((suite) => cipherSuites[suite]?.version === version)) continue;
    const what = `names suites of TLS ${version} only, which "${name}" rules out`;
    report(
      "settings.wrong-type",
      [...path, "ciphers"],
      what,
      `Add suites of the other version, or change "${name}".`,
      "key",
    );
  }
}
