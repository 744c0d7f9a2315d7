import { hostPortText } from "../../common/host-port.ts";
import type { InspectionView, VersionProbe } from "../../protocol/inspection-view.ts";
import { versionLine } from "../../protocol/version-words.ts";
import { renderRefusedChain } from "../render/connection.ts";
import { renderFailure } from "../render/failure.ts";
import type { Style } from "../render/style.ts";
import { terminalLine } from "../render/terminal-text.ts";
import { renderTlsReport } from "../render/tls-report.ts";

/** The verdict first, then why, then everything that is known. Ends with a line break. */
export function renderInspection(view: InspectionView, style: Style): string {
  const { failure, connection, versions, notes } = view;
  const lines = [
    `${style.bold(terminalLine(hostPortText(view)))}  ${paintVerdict(view, style)}`,
    ...(failure ? ["", ...renderFailure(failure, style)] : []),
    ...spaced(connection?.tls ? [] : renderRefusedChain(connection, style)),
    ...spaced(renderTlsReport(connection, style)),
    ...spaced(renderVersions(versions, style)),
    ...spaced(notes.map(({ text }) => `${style.yellow("!")} ${terminalLine(text)}`)),
  ];
  return `${lines.join("\n")}\n`;
}

function paintVerdict({ verdict }: InspectionView, style: Style): string {
  const paint = verdict.kind === "verified" ? style.green : style.red;
  return paint(terminalLine(verdict.text));
}

function renderVersions(versions: readonly VersionProbe[], style: Style): string[] {
  if (versions.length === 0) return [];
  const rows = versions.map(versionLine).map(({ name, answer, level, cipherSuite }) => {
    const paint = { ok: (text: string) => text, warning: style.yellow, neutral: style.dim }[level];
    return `  ${name}  ${paint(terminalLine(answer))}${cipherSuite ? `  ${style.dim(terminalLine(cipherSuite))}` : ""}`;
  });
  return [style.bold("TLS versions that the server accepts"), ...rows];
}

function spaced(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", ...lines];
}
