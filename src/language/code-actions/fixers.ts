import {
  addRef,
  askForVariable,
  closeReference,
  completeDefinition,
  correctDirective,
  moveAboveRequest,
  oneHash,
  removeDefinition,
  stateAssertions,
} from "./annotation-fixes.ts";
import { moveCredential } from "./credential-fixes.ts";
import type { Fix, Fixer, FixPlace } from "./fix.ts";
import { addColonOrBlankLine, correctHeaderName, removeHeader, sendAsGraphql } from "./header-fixes.ts";
import {
  addBlankBehindLess,
  addSeparator,
  removeIndentation,
  removeInsecure,
  removeQuotes,
  removeVersion,
  useHttps,
} from "./request-fixes.ts";
import { moveCommentAbove, startParameter } from "./url-fixes.ts";

/** What corrects a diagnostic beside the text that was most likely meant. */
const fixers: ReadonlyMap<string, Fixer> = new Map([
  ["request.plain-http", useHttps],
  ["parse.header-without-colon", addColonOrBlankLine],
  ["parse.header-name", correctHeaderName],
  ["parse.unknown-directive", correctDirective],
  ["parse.directive-marker", oneHash],
  ["parse.directive-after-request", moveAboveRequest],
  ["parse.variable-among-headers", moveAboveRequest],
  ["parse.variable-definition", completeDefinition],
  ["parse.missing-separator", addSeparator],
  ["parse.url-quoted", removeQuotes],
  ["parse.text-behind-url", moveCommentAbove],
  ["parse.url-joint", startParameter],
  ["parse.http-version", removeVersion],
  ["parse.indented-separator", removeIndentation],
  ["parse.curl-insecure", removeInsecure],
  ["parse.file-body", addBlankBehindLess],
  ["reference.unclosed", closeReference],
  ["variable.undefined", askForVariable],
  ["variable.unused", removeDefinition],
  ["name.missing-ref", addRef],
  ["header.duplicate", removeHeader],
  ["header.managed", removeHeader],
  ["header.content-length", removeHeader],
  ["body.json", sendAsGraphql],
  ["parse.foreign-assertion", stateAssertions],
  ["parse.response-script", stateAssertions],
  ["secret.hard-coded", moveCredential],
  ["secret.not-listed", allowSecret],
  ["secret.other-host", allowSecret],
]);

/** Every way to correct a diagnostic, the likeliest first. */
export function fixesOf(place: FixPlace): readonly Fix[] {
  const { code } = place.diagnostic;
  const fixer = typeof code === "string" ? fixers.get(code) : undefined;
  return [...changeToNear(place), ...(fixer?.(place) ?? [])];
}

function changeToNear({ document, data: { near } }: FixPlace): readonly Fix[] {
  if (!near) return [];
  const range = { start: document.lines.offsetAt(near.range.start), end: document.lines.offsetAt(near.range.end) };
  if (document.text.slice(range.start, range.end) !== near.written) return [];
  return [{ title: `Change to "${near.text}"`, edits: [{ range, newText: near.text }], isPreferred: true }];
}

/** The settings are not in this file: the editor writes them, after asking. */
function allowSecret({ data: { secret } }: FixPlace): readonly Fix[] {
  if (!secret) return [];
  const { name, host } = secret;
  return [
    {
      title: `Allow ${name} for ${host} in the workspace settings`,
      command: { command: "padlock.allowSecret", arguments: [{ name, host }] },
    },
  ];
}
