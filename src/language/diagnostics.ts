import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from "vscode-languageserver-types";
import type { TextRange } from "../common/range.ts";
import type { LineMap, RequestFile, Severity } from "../syntax/index.ts";
import type { LanguageDocument } from "./document.ts";
import type { LanguageHost } from "./host.ts";
import { lineMapOf } from "./line-map-of.ts";
import { documentationLink } from "./rules/codes.ts";
import { findings } from "./rules/findings.ts";
import { factsOfHost, type ImportedNames, type KnownFacts } from "./rules/known-facts.ts";
import type { Finding, RuleTag } from "./rules/rule.ts";

/**
 * Everything to say about a document, in the order of the places. `imported` comes from `importedNames`; without it
 * nothing is said about names that an imported file may define.
 */
export function diagnose(document: LanguageDocument, host: LanguageHost, imported?: ImportedNames): Diagnostic[] {
  const known = factsOfHost(host, document.uri, imported);
  return findings(document.file, known).map((finding) => toDiagnostic(finding, document, host.documentation));
}

/** The same for a file without a host: for the command line. Nothing is said that depends on what is not `known`. */
export function diagnoseFile(file: RequestFile, uri: string, known: KnownFacts = {}): Diagnostic[] {
  const lines = lineMapOf(file);
  return findings(file, known).map((finding) => toDiagnostic(finding, { uri, lines }, undefined));
}

/** What the code actions need to correct a finding: it goes to the editor and back with the diagnostic. */
export interface DiagnosticData {
  /** What was most likely meant instead of what is `written` there. */
  readonly near?: { readonly range: Range; readonly written: string; readonly text: string };
  readonly secret?: { readonly name: string; readonly host: string };
  readonly requestName?: string;
}

/** A finding in the protocol's terms. `documentation` is the URI of the page that explains the codes. */
function toDiagnostic(
  { code, severity, range, message, tag, details }: Finding,
  { uri, lines }: Pick<LanguageDocument, "uri" | "lines">,
  documentation: string | undefined,
): Diagnostic {
  const related = details.related?.map((place) => ({
    location: { uri, range: rangeOf(lines, place.range) },
    message: place.message,
  }));
  const { near, secret, requestName } = details;
  const data: DiagnosticData = {
    ...(near ? { near: { range: rangeOf(lines, near.range), written: near.written, text: near.text } } : {}),
    ...(secret ? { secret } : {}),
    ...(requestName === undefined ? {} : { requestName }),
  };
  return {
    range: rangeOf(lines, range),
    severity: severities[severity],
    code,
    source: "padlock",
    message,
    ...(documentation === undefined ? {} : { codeDescription: { href: documentationLink(documentation, code) } }),
    ...(tag === undefined ? {} : { tags: [tags[tag]] }),
    ...(Object.keys(data).length === 0 ? {} : { data }),
    ...(related === undefined || related.length === 0 ? {} : { relatedInformation: related }),
  };
}

/** The data of a diagnostic that came back from an editor. */
export function readDiagnosticData(data: unknown): DiagnosticData {
  return typeof data === "object" && data !== null ? data : {};
}

function rangeOf(lines: LineMap, { start, end }: TextRange): Range {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tags: Readonly<Record<RuleTag, DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};
