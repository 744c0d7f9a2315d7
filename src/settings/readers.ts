import type { FailureCode } from "../common/failure.ts";
import { didYouMean } from "../common/near-name.ts";
import { parseByteSize } from "./byte-size.ts";
import { parseDuration } from "./duration.ts";
import { parseHostPattern } from "./host-pattern.ts";
import type { HostPattern, SettingString } from "./model.ts";
import { unknownPlaceholder } from "./placeholders.ts";
import type { SettingPath } from "./setting-path.ts";

/** Takes note of a wrong setting; `on` says whether its key or its value is shown. */
export type Report = (
  code: FailureCode,
  path: SettingPath,
  what: string,
  fix: string,
  on?: "key" | "value",
) => undefined;

/** Checks one value. Undefined means that the problem has been reported. */
export type Reader<T> = (value: unknown, path: SettingPath, report: Report) => T | undefined;

/** One reader for each key of an object. */
export type ReaderTable<T> = { readonly [K in keyof T]-?: Reader<NonNullable<T[K]>> };

export const readBoolean: Reader<boolean> = (value, path, report) =>
  typeof value === "boolean" ? value : wrongType(value, path, report, "a boolean", "`true` or `false`");

export const readCount: Reader<number> = (value, path, report) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0
    ? value
    : wrongType(value, path, report, "a whole number", "a number such as `200`");

export const readDuration: Reader<number> = (value, path, report) => {
  const form = 'Write a number with a unit in quotes, such as "500ms", "10s" or "2m".';
  if (typeof value === "number") {
    return report("settings.bad-duration", path, `is the bare number ${value}, which has no unit`, form);
  }
  if (typeof value !== "string") return wrongType(value, path, report, "a duration", '"500ms", "10s" or "2m"');
  const duration = parseDuration(value);
  return duration ?? report("settings.bad-duration", path, `is "${value}", which is not a duration`, form);
};

export const readByteSize: Reader<number> = (value, path, report) => {
  const form = 'Write a number with a unit in quotes, such as "20MB" or "2GB".';
  if (typeof value !== "string") return wrongType(value, path, report, "a size", '"20MB" or "2GB"');
  return (
    parseByteSize(value) ?? report("settings.wrong-type", path, `is "${value}", which is not a size of bytes`, form)
  );
};

export const readText: Reader<SettingString> = (value, path, report) => readString(value, path, report, false);

/** A text without placeholders. */
export const readWord: Reader<string> = (value, path, report) => {
  if (typeof value !== "string") return wrongType(value, path, report, "a string", "a string in quotes");
  return value === ""
    ? report("settings.wrong-type", path, "is empty", "Write a value, or remove the setting.")
    : value;
};

/** A text that may also be a stored secret: `${secret:NAME}`. */
export const readPassphrase: Reader<SettingString> = (value, path, report) => readString(value, path, report, true);

function readString(
  value: unknown,
  path: SettingPath,
  report: Report,
  isPassphrase: boolean,
): SettingString | undefined {
  if (typeof value !== "string") return wrongType(value, path, report, "a string", "a string in quotes");
  if (value === "") return report("settings.wrong-type", path, "is empty", "Write a value, or remove the setting.");
  const unknown = unknownPlaceholder(value, isPassphrase);
  if (unknown) return report("variable.undefined", path, `uses ${unknown.written}, which is not known`, unknown.fix);
  return { text: value, path };
}

export function readOneOf<const T extends string>(choices: readonly T[]): Reader<T> {
  const shown = choices.map((choice) => `"${choice}"`).join(" or ");
  return (value, path, report) => {
    if (typeof value !== "string") return wrongType(value, path, report, shown, shown);
    const choice = choices.find((candidate) => candidate === value);
    const fix = `Write ${shown}.${didYouMean(value, choices)}`;
    return choice ?? report("settings.wrong-type", path, `is "${value}", which is not one of its values`, fix);
  };
}

/** A list with at least one element, unless `mayBeEmpty`. */
export function readList<T>(element: Reader<T>, example: string, mayBeEmpty = false): Reader<readonly T[]> {
  return (value, path, report) => {
    if (!Array.isArray(value)) return wrongType(value, path, report, "a list", example);
    if (value.length === 0 && !mayBeEmpty) {
      return report("settings.wrong-type", path, "is an empty list", `Write ${example}, or remove the setting.`);
    }
    return value.flatMap((item: unknown, index) => element(item, [...path, String(index)], report) ?? []);
  };
}

export const readPattern: Reader<HostPattern> = (value, path, report) =>
  typeof value === "string"
    ? readPatternText(value, path, report, "value")
    : wrongType(value, path, report, "a host pattern", '"api.example.com"');

/** An object with known keys only; what is wrong is left out. */
export function readTable<T>(table: ReaderTable<T>, example: string): Reader<Partial<T>> {
  return (value, path, report) => {
    if (!isObject(value)) return wrongType(value, path, report, "an object", example);
    const known = Object.keys(table);
    const result: Partial<T> = {};
    for (const [key, member] of Object.entries(value)) {
      if (isKeyOf(table, key)) readMember(table, result, key, member, [...path, key], report);
      else reportUnknownKey(key, known, [...path, key], report);
    }
    return result;
  };
}

/** An object whose keys the person chooses: the host patterns and the names of secrets. */
export function readEntries<K, V>(
  readKey: (key: string, path: SettingPath, report: Report) => K | undefined,
  readValue: Reader<V>,
  example: string,
): Reader<readonly (readonly [K, V])[]> {
  return (value, path, report) => {
    if (!isObject(value)) return wrongType(value, path, report, "an object", example);
    return Object.entries(value).flatMap(([key, member]) => {
      const entryPath = [...path, key];
      const entryKey = readKey(key, entryPath, report);
      const entryValue = readValue(member, entryPath, report);
      return entryKey === undefined || entryValue === undefined ? [] : [[entryKey, entryValue] as const];
    });
  };
}

export function readPatternText(
  text: string,
  path: SettingPath,
  report: Report,
  on: "key" | "value",
): HostPattern | undefined {
  const pattern = parseHostPattern(text);
  if (pattern.ok) return pattern.value;
  const { reason, instead } = pattern.error;
  const fix =
    instead === undefined
      ? 'Write a host such as "api.example.com", "*.example.com:8443" or "127.0.0.1:*".'
      : `Write "${instead}".`;
  return report("settings.bad-pattern", path, `has the host pattern "${text}". ${reason}`, fix, on);
}

function reportUnknownKey(key: string, known: readonly string[], path: SettingPath, report: Report): undefined {
  const fix = `Known here: ${known.join(", ")}.${didYouMean(key, known)}`;
  return report("settings.unknown-key", path, "is not a setting of Padlock", fix, "key");
}

function readMember<T, K extends keyof T>(
  table: ReaderTable<T>,
  into: Partial<T>,
  key: K,
  value: unknown,
  path: SettingPath,
  report: Report,
): void {
  const result = table[key](value, path, report);
  if (result !== undefined) into[key] = result;
}

function wrongType(value: unknown, path: SettingPath, report: Report, expected: string, example: string): undefined {
  return report("settings.wrong-type", path, `is ${typeWord(value)}, not ${expected}`, `Write ${example}.`);
}

function typeWord(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return (
    { object: "an object", string: "a string", number: "a number", boolean: "a boolean" }[String(typeof value)] ??
    "nothing"
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isKeyOf<T>(table: ReaderTable<T>, key: PropertyKey): key is keyof T {
  return Object.hasOwn(table, key);
}
