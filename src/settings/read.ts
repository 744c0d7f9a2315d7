import { Failure } from "../common/failure.ts";
import { err, ok, type Result } from "../common/result.ts";
import { samePattern } from "./host-pattern.ts";
import { defaultTimeouts, type HostEntry, type Settings, type Timeouts } from "./model.ts";
import { type MachineSettings, machineTable, machineWarnings, type NamedSettings, namedTable } from "./person-scope.ts";
import { withPersonalPaths } from "./personal-paths.ts";
import type { RawSettings } from "./raw-settings.ts";
import {
  type Reader,
  type ReaderTable,
  type Report,
  readBoolean,
  readCount,
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
import { joinScopes } from "./scopes.ts";
import { type SettingPath, shownPath } from "./setting-path.ts";
import { SettingsDocument } from "./settings-document.ts";

const timeoutTable: ReaderTable<Timeouts> = {
  connect: readDuration,
  handshake: readDuration,
  response: readDuration,
  idle: readDuration,
  total: readDuration,
};
const readTimeouts = readTable(timeoutTable, '{ "connect": "10s", "total": "2m" }');

const readHost = readTable<Omit<HostEntry, "pattern">>(
  {
    cert: readText,
    key: readText,
    pfx: readText,
    passphrase: readPassphrase,
    ca: readList(readText, 'a list such as ["certs/ca.pem"]'),
    minVersion: readOneOf(["TLSv1.2", "TLSv1.3"]),
    environments: readList(readWord, '["staging"]'),
    maxVersion: readOneOf(["TLSv1.2", "TLSv1.3"]),
    pins: readList(readWord, '["sha256/…="]'),
    crl: readList(readText, '["certs/ca.crl"]'),
    ciphers: readList(readWord, '["TLS_AES_256_GCM_SHA384"]'),
    groups: readList(readWord, '["X25519"]'),
    servername: readWord,
    http2: readBoolean,
    proxy: readText,
    socket: readText,
    timeout: readTimeouts,
  },
  '{ "ca": ["certs/ca.pem"] }',
);

const readHosts: Reader<readonly HostEntry[]> = (value, path, report) => {
  const readKey = (key: string, at: SettingPath, to: Report) => readPatternText(key, at, to, "key");
  const entries = readEntries(readKey, readHost, '{ "api.example.com": { … } }')(value, path, report);
  const hosts = entries?.map(([pattern, entry]): HostEntry => ({ pattern, ...entry }));
  if (hosts) reportConflicts(hosts, path, report);
  return hosts;
};

const readLevels = readEntries(
  (code) => code,
  readOneOf(["off", "hint", "information", "warning", "error"]),
  '{ "variable.unused": "off" }',
);

/** Every `padlock.*` key. A setting that only the editor uses is checked here too, then ignored. */
interface AllSettings extends NamedSettings {
  readonly "padlock.hosts": readonly HostEntry[];
  readonly "padlock.timeout": Partial<Timeouts>;
  readonly "padlock.codeLens.enabled": boolean;
  readonly "padlock.history.limit": number;
  readonly "padlock.history.persist": boolean;
  readonly "padlock.diagnostics": readonly (readonly [code: string, level: string])[];
}

const settingsTable: ReaderTable<AllSettings> = {
  "padlock.hosts": readHosts,
  ...namedTable,
  "padlock.timeout": readTimeouts,
  "padlock.codeLens.enabled": readBoolean,
  "padlock.history.limit": readCount,
  "padlock.history.persist": readBoolean,
  "padlock.diagnostics": readLevels,
};

const ignored = (): undefined => undefined;

/** What counts only from a person's own scope is known here, and not even looked at. */
const workspaceTable: ReaderTable<AllSettings & MachineSettings> = {
  ...settingsTable,
  "padlock.outsidePaths": ignored,
  "padlock.unverifiedHosts": ignored,
  "padlock.plainHttpHosts": ignored,
};

/** What a person has in user settings beside these reaches us among the values of the workspace, and is checked there. */
const personTable: ReaderTable<AllSettings & MachineSettings> = {
  ...settingsTable,
  "padlock.hosts": ignored,
  "padlock.timeout": ignored,
  "padlock.codeLens.enabled": ignored,
  "padlock.history.limit": ignored,
  "padlock.history.persist": ignored,
  "padlock.diagnostics": ignored,
  ...machineTable,
};

/**
 * Checks every `padlock.*` setting. All problems come at once, each with its file and line where the file holds it;
 * with one problem nothing is used, so that a slip never weakens what was meant.
 */
export function readSettings(raw: RawSettings): Result<Settings, readonly Failure[]> {
  const document = new SettingsDocument(raw);
  const failures = fileFailures(raw, document);
  const reportIn =
    (where: string, places: Pick<SettingsDocument, "locate" | "locateKey"> | undefined): Report =>
    (code, path, what, fix, on = "value") => {
      const location = on === "key" ? places?.locateKey(path) : places?.locate(path);
      failures.push(
        new Failure({
          code,
          title: titles[code] ?? "A setting is wrong",
          detail: `${shownPath(path)} in ${where} ${what}.`,
          fix,
          setting: shownPath(path),
          ...(location && { location }),
        }),
      );
      return undefined;
    };
  const report = reportIn(document.file, document);
  const reportPerson = reportIn("your own settings", undefined);
  const read = readTable(workspaceTable, "{}")(raw.values, [], report);
  const person = readTable(personTable, "{}")(raw.person ?? {}, [], reportPerson);
  const names = joinScopes({ ...read, report }, { ...person, report: reportPerson });
  if (!read || !person || failures.length > 0) return err(inOrder(failures));
  return ok({
    root: raw.root,
    hosts: withPersonalPaths(read["padlock.hosts"] ?? [], raw.person ?? {}),
    ...names,
    outsidePaths: person["padlock.outsidePaths"] ?? [],
    unverifiedHosts: person["padlock.unverifiedHosts"] ?? [],
    plainHttpHosts: person["padlock.plainHttpHosts"] ?? [],
    warnings: [...machineWarnings(raw.values, raw.person ?? {}, document), ...names.warnings],
    timeout: { ...defaultTimeouts, ...read["padlock.timeout"] },
    locate: (path) => document.locate(path),
    howToAdd: (key, entry) => document.howToAdd(key, entry),
    file: document.file,
  });
}

const titles: Readonly<Record<string, string>> = {
  "settings.unknown-key": "A setting has an unknown name",
  "settings.wrong-type": "A setting has the wrong kind of value",
  "settings.bad-duration": "A setting is not a duration",
  "settings.bad-pattern": "A setting is not a host pattern",
  "settings.ambiguous-pattern": "Two settings are for the same host",
  "variable.undefined": "A setting uses an unknown placeholder",
};

/** What is wrong with the file as a whole. */
function fileFailures(raw: RawSettings, document: SettingsDocument): Failure[] {
  const unreadable = (title: string, detail: string, fix: string) => ({
    code: "settings.unreadable" as const,
    title,
    detail,
    fix,
  });
  if (raw.unreadable !== undefined) {
    const detail = `${document.file} could not be read: ${raw.unreadable}.`;
    return [
      new Failure(unreadable("The settings file cannot be read", detail, "Make the file readable, or remove it.")),
    ];
  }
  const syntax = document.syntaxErrors().map(({ words, location }) => {
    const detail = `${document.file} is not valid JSON at line ${location.line}: ${words}.`;
    return new Failure({
      ...unreadable("The settings file is not valid JSON", detail, "Correct the file at this place."),
      location,
    });
  });
  const doubled = document.duplicates().map(({ path, location }) => {
    const detail = `${shownPath(path)} stands more than once in ${document.file}; only the last one would count.`;
    return path[0] === "padlock.hosts" && path.length === 2
      ? new Failure({
          code: "settings.ambiguous-pattern",
          title: "Two settings are for the same host",
          detail,
          fix: "Join them into one.",
          location,
          setting: shownPath(path),
        })
      : new Failure({
          ...unreadable("A setting stands twice", detail, "Remove all but one."),
          location,
          setting: shownPath(path),
        });
  });
  return [...syntax, ...doubled];
}

/** What a host entry alone cannot know: the same pattern in another spelling, and settings that exclude each other. */
function reportConflicts(hosts: readonly HostEntry[], path: SettingPath, report: Report): void {
  for (const [index, host] of hosts.entries()) {
    const at = [...path, host.pattern.text];
    const earlier = hosts.slice(0, index).find((other) => samePattern(other.pattern, host.pattern));
    if (earlier) {
      const what = `means the same hosts as "${earlier.pattern.text}"`;
      report("settings.ambiguous-pattern", at, what, "Join the two entries into one.", "key");
    }
    if (host.pfx && (host.cert || host.key)) {
      const fix = 'Keep either "pfx", or "cert" and "key".';
      report("settings.wrong-type", [...at, "pfx"], "stands beside a certificate or key of its own", fix, "key");
    } else if (host.key && !host.cert) {
      const fix = 'Add the certificate that belongs to it as "cert".';
      report("settings.wrong-type", [...at, "key"], 'has no "cert" beside it', fix, "key");
    }
  }
}

function inOrder(failures: readonly Failure[]): readonly Failure[] {
  const place = ({ location }: Failure): number => (location ? location.line * 10_000 + location.column : 0);
  return [...failures].sort((a, b) => place(a) - place(b));
}
