import type { Made } from "../../certs/orders.ts";
import { plural } from "../../common/units.ts";
import { prettyJson } from "../json-lines.ts";
import type { Style } from "../render/style.ts";
import { terminalJson, terminalLine } from "../render/terminal-text.ts";

/** What the command says of the settings that use a certificate. */
export interface SettingsReport {
  /** As a person would write its path. */
  readonly file: string;
  readonly written: boolean;
}

const headings = {
  authority: "An authority for development",
  server: "A certificate for a server",
  client: "A certificate for a client",
} as const;

/** For a person: the files, what to compare, and what to paste. */
export function renderMade(made: Made, { file, written }: SettingsReport, style: Style): string {
  const { certificate } = made;
  const width = Math.max(...made.files.map(({ path }) => path.length));
  const days = Math.round((Date.parse(certificate.notAfter) - Date.now()) / 86_400_000);
  const facts: readonly (readonly [name: string, value: string])[] = [
    ["Subject", certificate.subject],
    ["Names", certificate.names.join(", ")],
    ["Valid until", `${certificate.notAfter.slice(0, 10)} (${plural(days, "day")})`],
    ["SHA-256", certificate.fingerprint256],
  ];
  const shown = facts.filter(([, value]) => value !== "");
  const lines = [
    `${style.green("✓")} ${style.bold(headings[made.kind])}`,
    ...made.files.map(({ path, what }) => `  ${terminalLine(path).padEnd(width)}  ${style.dim(what)}`),
    ...shown.map(([name, value]) => `  ${style.dim(name.padEnd(11))}  ${terminalLine(value)}`),
    "",
    written
      ? `The settings in ${terminalLine(file)} use it now:`
      : `To use it, write this into ${terminalLine(file)}; --write-settings does that:`,
    ...settingsText(made.hosts).split("\n").map(terminalJson),
  ];
  return `${lines.join("\n")}\n`;
}

/** The setting as a person pastes it, with a line for each host. */
function settingsText(hosts: Made["hosts"]): string {
  const entries = Object.entries(hosts).map(([pattern, entry]) => {
    const members = Object.entries(entry).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
    return `    ${JSON.stringify(pattern)}: { ${members.join(", ")} }`;
  });
  return `  "padlock.hosts": {\n${entries.join(",\n")}\n  }`;
}

/** `{"kind", "files": [{path, what}], "certificate", "settings", "settingsFile", "written", "warnings"}` */
export function madeJson(made: Made, { file, written }: SettingsReport): string {
  const { kind, files, certificate, hosts, warnings } = made;
  const settings = { "padlock.hosts": hosts };
  const document = { kind, files, certificate, settings, settingsFile: file, written, warnings };
  return prettyJson(document);
}
