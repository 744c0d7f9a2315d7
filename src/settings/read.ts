import { defaultMaxBodySize } from "../common/body-limits.ts";
import { Failure } from "../common/failure.ts";
import { err, ok, type Result } from "../common/result.ts";
import { readHosts, readTimeouts } from "./host-entry.ts";
import { defaultTimeouts, type HostEntry, type Settings, type Timeouts } from "./model.ts";
import { type MachineSettings, machineTable, machineWarnings, type NamedSettings, namedTable } from "./person-scope.ts";
import { withPersonalPaths } from "./personal-paths.ts";
import type { RawSettings } from "./raw-settings.ts";
import {
  type ReaderTable,
  type Report,
  readBoolean,
  readByteSize,
  readCount,
  readEntries,
  readOneOf,
  readTable,
} from "./readers.ts";
import { joinScopes } from "./scopes.ts";
import { shownPath } from "./setting-path.ts";
import { SettingsDocument } from "./settings-document.ts";

const readLevels = readEntries(
  (code) => code,
  readOneOf(["off", "hint", "information", "warning", "error"]),
  '{ "variable.unused": "off" }',
);

/** Every `padlock.*` key. A setting that only the editor uses is checked here too, then ignored. */
interface AllSettings extends NamedSettings {
  readonly "padlock.hosts": readonly HostEntry[];
  readonly "padlock.timeout": Partial<Timeouts>;
  readonly "padlock.maxBodySize": number;
  readonly "padlock.codeLens.enabled": boolean;
  readonly "padlock.history.limit": number;
  readonly "padlock.history.persist": boolean;
  readonly "padlock.diagnostics": readonly (readonly [code: string, level: string])[];
}

const settingsTable: ReaderTable<Omit<AllSettings, "padlock.hosts">> = {
  ...namedTable,
  "padlock.timeout": readTimeouts,
  "padlock.maxBodySize": readByteSize,
  "padlock.codeLens.enabled": readBoolean,
  "padlock.history.limit": readCount,
  "padlock.history.persist": readBoolean,
  "padlock.diagnostics": readLevels,
};

const ignored = (): undefined => undefined;

/** What counts only from a person's own scope is known here, and not even looked at. */
const workspaceTable = (document: SettingsDocument): ReaderTable<AllSettings & MachineSettings> => ({
  "padlock.hosts": readHosts((path) => document.locateKey(path)),
  ...settingsTable,
  "padlock.outsidePaths": ignored,
  "padlock.unverifiedHosts": ignored,
  "padlock.plainHttpHosts": ignored,
});

/** What a person has in user settings beside these reaches us among the values of the workspace, and is checked there. */
const personTable: ReaderTable<AllSettings & MachineSettings> = {
  ...settingsTable,
  "padlock.hosts": ignored,
  "padlock.timeout": ignored,
  "padlock.maxBodySize": ignored,
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
  const known = knownSettings.get(raw) ?? read(raw);
  knownSettings.set(raw, known);
  return known;
}

/** All requests of a file are sent with the same ones. */
const knownSettings = new WeakMap<RawSettings, Result<Settings, readonly Failure[]>>();

function read(raw: RawSettings): Result<Settings, readonly Failure[]> {
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
  const shared = readTable(workspaceTable(document), "{}")(raw.values, [], report);
  const person = readTable(personTable, "{}")(raw.person ?? {}, [], reportPerson);
  const names = joinScopes({ ...shared, report }, { ...person, report: reportPerson });
  if (!shared || !person || failures.length > 0) return err(inOrder(failures));
  return ok({
    root: raw.root,
    hosts: withPersonalPaths(shared["padlock.hosts"] ?? [], raw.person ?? {}),
    ...names,
    outsidePaths: person["padlock.outsidePaths"] ?? [],
    unverifiedHosts: person["padlock.unverifiedHosts"] ?? [],
    plainHttpHosts: person["padlock.plainHttpHosts"] ?? [],
    editorProxy: raw.editorProxy,
    warnings: [...machineWarnings(raw.values, raw.person ?? {}, document), ...names.warnings],
    timeout: { ...defaultTimeouts, ...shared["padlock.timeout"] },
    maxBodySize: shared["padlock.maxBodySize"] ?? defaultMaxBodySize,
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

function inOrder(failures: readonly Failure[]): readonly Failure[] {
  const place = ({ location }: Failure): number => (location ? location.line * 10_000 + location.column : 0);
  return [...failures].sort((a, b) => place(a) - place(b));
}
