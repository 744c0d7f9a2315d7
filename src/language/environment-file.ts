import { getNodeValue, type Node, parseTree } from "jsonc-parser";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver-types";
import { isCredentialField } from "../common/credential-names.ts";
import { createLineMap } from "../syntax/index.ts";
import type { RuleLevel } from "./host.ts";
import { documentationLink } from "./rules/codes.ts";
import { scanAuthorization } from "./rules/credentials/authorization.ts";
import { isData } from "./rules/credentials/bodies.ts";
import { scanKnownFormats } from "./rules/credentials/known-formats.ts";
import { isPlaceholder } from "./rules/credentials/placeholders.ts";
import { scanUrlFields, scanUserinfo } from "./rules/credentials/urls.ts";

const code = "secret.hard-coded";

/** Larger files are not read as environments either. In UTF-16 code units. */
const longest = 1_000_000;

const severities: Readonly<Record<Exclude<RuleLevel, "off">, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Credentials in a public environment file: JSON with comments. The messages repeat none of them. */
export function diagnoseEnvironmentFile(
  text: string,
  levels: Readonly<Record<string, RuleLevel>> = {},
  documentation?: string,
): Diagnostic[] {
  const level = (Object.hasOwn(levels, code) ? levels[code] : undefined) ?? "warning";
  if (level === "off" || text.length > longest) return [];
  const lines = createLineMap(text);
  return credentialsOf(text).map(({ start, end, what }) => ({
    range: { start: lines.positionAt(start), end: lines.positionAt(end) },
    severity: severities[level],
    code,
    source: "padlock",
    message: `This looks like ${what}, and this file is shared with everyone who gets the repository. Move it to http-client.private.env.json, which Git should ignore, or to an environment variable. If it was ever shared, replace it with a new one.`,
    ...(documentation === undefined ? {} : { codeDescription: { href: documentationLink(documentation, code) } }),
  }));
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly what: string;
}

function credentialsOf(text: string): readonly Place[] {
  const found: Place[] = [];
  const open = [{ node: rootOf(text), name: "" }];
  for (let entry = open.pop(); entry; entry = open.pop()) {
    const { node, name } = entry;
    for (const child of node?.children ?? []) {
      const [key, value] = child.type === "property" ? (child.children ?? []) : [undefined, child];
      if (value) open.push({ node: value, name: key ? String(key.value) : name });
    }
    if (node?.type !== "string") continue;
    const what = whatIs(String(getNodeValue(node)), name);
    if (what !== undefined) found.push({ start: node.offset + 1, end: node.offset + node.length - 1, what });
  }
  for (const { range, what } of scanKnownFormats(text)) {
    const { start, end } = range;
    const isNew = found.every((one) => end <= one.start || one.end <= start);
    if (isNew && !isPlaceholder(text.slice(start, end))) found.push({ start, end, what });
  }
  return found.sort((a, b) => a.start - b.start);
}

function whatIs(value: string, name: string): string | undefined {
  if (/^(?:bearer|basic)[ \t]+\S/i.test(value)) return scanAuthorization(value)[0]?.what;
  if (value.includes("://")) return (scanUserinfo(value)[0] ?? scanUrlFields(value, 0)[0])?.what;
  return value.includes("{{") || !isCredentialField(name) || isData(value, name) ? undefined : "a credential";
}

/** Undefined for what is no JSON, also where it is nested without end. */
function rootOf(text: string): Node | undefined {
  try {
    return parseTree(text, [], { allowTrailingComma: true });
  } catch {
    return undefined;
  }
}
