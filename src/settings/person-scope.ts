import { homedir } from "node:os";
import { isAbsolute, parse, resolve } from "node:path";
import { Failure } from "../common/failure.ts";
import type { HostPattern, SecretEntry } from "./model.ts";
import { type Reader, type ReaderTable, readEntries, readList, readPattern } from "./readers.ts";
import type { SettingPath } from "./setting-path.ts";
import type { SettingsDocument } from "./settings-document.ts";

/** `padlock.*` keys that weaken something: they count from the person's own scope alone (machine scope in VS Code). */
export interface MachineSettings {
  readonly "padlock.outsidePaths": readonly string[];
  readonly "padlock.unverifiedHosts": readonly HostPattern[];
  readonly "padlock.plainHttpHosts": readonly HostPattern[];
}

/** Names of environment variables, and where their values may go: both scopes add to these. */
export interface NamedSettings {
  readonly "padlock.secrets": readonly SecretEntry[];
  readonly "padlock.publicEnv": readonly string[];
}

const isName = (text: string): boolean => /^[^\s={}\0]+$/.test(text);
const notAName = [
  "is not the name of an environment variable",
  "Write it as the environment has it, such as ",
] as const;

const readSecrets: Reader<readonly SecretEntry[]> = (value, path, report) => {
  const [what, fix] = notAName;
  const readPatterns = readList(readPattern, 'a list of hosts such as ["api.example.com"]', true);
  const entries = readEntries(
    (key, at, to) => (isName(key) ? key : to("settings.wrong-type", at, what, `${fix}API_TOKEN.`, "key")),
    readPatterns,
    '{ "API_TOKEN": ["api.example.com"] }',
  )(value, path, report);
  return entries?.map(([name, hosts]) => ({ name, hosts }));
};

const readName: Reader<string> = (value, path, report) => {
  const [what, fix] = notAName;
  if (typeof value === "string" && isName(value)) return value;
  return report("settings.wrong-type", path, what, `${fix}"API_HOST".`);
};

/** An absolute folder, `${userHome}` replaced. The whole disk is not a folder that somebody means. */
const readFolder: Reader<string> = (value, path, report) => {
  const written = typeof value === "string" ? value.replaceAll(`\${userHome}`, homedir()) : "";
  const folder = resolve(written);
  if (isAbsolute(written) && !written.includes("\0") && parse(folder).root !== folder) return folder;
  const example = `"$\{userHome}/certificates"`;
  return report(
    "settings.wrong-type",
    path,
    "is not an absolute folder below the root",
    `Write one such as ${example}.`,
  );
};

const readHostList = readList(readPattern, 'a list of hosts such as ["test.example.com:8443"]', true);

export const namedTable: ReaderTable<NamedSettings> = {
  "padlock.secrets": readSecrets,
  "padlock.publicEnv": readList(readName, 'a list of names such as ["API_HOST"]', true),
};

export const machineTable: ReaderTable<MachineSettings> = {
  "padlock.outsidePaths": readList(readFolder, 'a list of folders such as ["/etc/ssl/team"]', true),
  "padlock.unverifiedHosts": readHostList,
  "padlock.plainHttpHosts": readHostList,
};

/** What each one of the machine's settings would allow, and the option of the command line that does the same. */
const weakenings: Readonly<Record<keyof MachineSettings, readonly [allows: string, option: string]>> = {
  "padlock.outsidePaths": ["reads files outside of its folder", "--outside-path FOLDER"],
  "padlock.unverifiedHosts": ["accepts a certificate that does not verify", "--unverified HOST"],
  "padlock.plainHttpHosts": ["sends requests without encryption", "--plain-http HOST"],
};

/** One warning for each of the machine's settings that a workspace has; its value is not even looked at. */
export function machineWarnings(
  values: Readonly<Record<string, unknown>>,
  person: Readonly<Record<string, unknown>>,
  document: SettingsDocument,
): Failure[] {
  return Object.entries(weakenings).flatMap(([key, [allows, option]]) => {
    const path: SettingPath = [key];
    const location = document.locateKey(path);
    // An editor may hand in the person's own value among those of the workspace.
    if (!location && !(Object.hasOwn(values, key) && !Object.hasOwn(person, key))) return [];
    return [
      new Failure({
        code: "settings.machine-scope",
        title: `${key} does not count in a workspace`,
        detail: `${key} in ${document.file} is ignored: whether this machine ${allows} is for its person to say, not for a repository.`,
        fix: `Move it to your own user settings in VS Code, or use ${option} in the command line.`,
        setting: key,
        location,
      }),
    ];
  });
}
