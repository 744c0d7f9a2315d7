import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { SourceLocation } from "../../common/range.ts";
import type { RuleLevel } from "../../language/index.ts";
import { gitStatus } from "../../settings/git-ignored.ts";
import { type EnvironmentFile, foldersUpTo, type RawSettings, shownFile } from "../../settings/index.ts";
import { isPassphraseReference } from "../../settings/placeholders.ts";
import { isSecretFile } from "../../settings/secret-files.ts";
import { SettingsDocument } from "../../settings/settings-document.ts";
import { type Finding, type FindingSeverity, findingOfDiagnostic } from "./finding.ts";

const hardCoded = "secret.hard-coded";
const notIgnored = "secret.not-ignored";

type Levels = Readonly<Record<string, RuleLevel>>;

/** Credentials in the public environment files. Those of private files are where they belong. */
export async function environmentCredentials(
  files: readonly EnvironmentFile[],
  levels: Levels,
  cwd: string,
): Promise<Finding[]> {
  const { diagnoseEnvironmentFile } = await import("../../language/index.ts");
  return files
    .filter(({ kind }) => kind === "public")
    .flatMap(({ path, text }) =>
      diagnoseEnvironmentFile(text, levels).map((found) => findingOfDiagnostic(shownFile(cwd, path), found)),
    );
}

/** Passphrases, and passwords of proxies, that stand in the settings themselves. */
export function clearPassphrases(raw: RawSettings, levels: Levels, cwd: string): Finding[] {
  const severity = severityOf(levels);
  const hosts = raw.values["padlock.hosts"];
  if (severity === undefined || !isRecord(hosts)) return [];
  const document = new SettingsDocument(raw);
  const find = (pattern: string, entry: unknown, path: readonly string[]): Finding[] => {
    if (!isRecord(entry)) return [];
    const { passphrase, proxy } = entry;
    const finding = (member: string, what: string, instead: string) => {
      const message = `The ${what} for ${pattern} stands in the settings, and everyone who gets them gets it too. Write ${instead} and set NAME outside of the repository. If it was ever shared, replace it with a new one.`;
      const place = document.locate([...path, member]);
      return at(shownFile(cwd, raw.file), place, { severity, code: hardCoded, message });
    };
    const isClear = typeof passphrase === "string" && passphrase !== "" && !isPassphraseReference(passphrase);
    return [
      ...(isClear ? [finding("passphrase", "passphrase", `"\${env:NAME}" or "\${secret:NAME}"`)] : []),
      ...(hasPassword(proxy) ? [finding("proxy", "password of the proxy", `\${env:NAME} in its place`)] : []),
    ];
  };
  return Object.entries(hosts).flatMap(([pattern, value]) => {
    const path = ["padlock.hosts", pattern];
    return Array.isArray(value)
      ? value.flatMap((entry: unknown, index) => find(pattern, entry, [...path, String(index)]))
      : find(pattern, value, path);
  });
}

/** `http://name:password@proxy`, with a password that is not wholly a variable. */
function hasPassword(proxy: unknown): boolean {
  const [, password] = (typeof proxy === "string" && /^[^/]*\/\/[^/@]*?:([^/]*)@/.exec(proxy)) || [];
  return password !== undefined && password !== "" && !/^\$\{env:[^}]*\}$/.test(password);
}

/**
 * Files for secrets, from the folder of the request file up to the workspace folder, that Git would commit. Outside of
 * a repository there is nothing to say. `known`: what was found for a file that another request file has beside it too.
 */
export async function sharedSecretFiles(
  requestFile: string,
  root: string,
  cwd: string,
  known: Map<string, Finding | undefined>,
): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const folder of foldersUpTo(requestFile, root)) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const { name } of entries.filter((entry) => entry.isFile() && isSecretFile(entry.name))) {
      const path = join(folder, name);
      if (!known.has(path)) known.set(path, (await gitStatus(path)) === "not-ignored" ? shared(path, cwd) : undefined);
      const finding = known.get(path);
      if (finding) found.push(finding);
    }
  }
  return found;
}

function shared(path: string, cwd: string): Finding {
  const file = shownFile(cwd, path);
  const name = path.slice(path.search(/[^\\/]+$/));
  const message = `This file is for secrets, and Git does not ignore it. Add the line ${name} to .gitignore. If it was committed before, take it out with "git rm --cached" and replace its secrets with new ones.`;
  return at(file, undefined, { severity: "warning", code: notIgnored, message });
}

/** Undefined for a rule that is switched off. */
function severityOf(levels: Levels): FindingSeverity | undefined {
  const level = (Object.hasOwn(levels, hardCoded) ? levels[hardCoded] : undefined) ?? "warning";
  return level === "off" ? undefined : level;
}

function at(
  file: string,
  place: SourceLocation | undefined,
  what: Pick<Finding, "severity" | "code" | "message">,
): Finding {
  const { line = 1, column = 1, endColumn = column } = place ?? {};
  return { file, line, column, endLine: line, endColumn, ...what };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
