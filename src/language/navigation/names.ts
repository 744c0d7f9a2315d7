import type { TextRange } from "../../common/range.ts";
import type { Directive, ReferenceKind, RequestBlock, RequestFile, RunNode, Span } from "../../syntax/index.ts";
import { definitionSites, outputSites, placeInFile, type ReferenceSite, requestSites } from "../reference-sites.ts";
import { partOf } from "./places.ts";

/**
 * What stands at a place. A variable is defined by `@name = value`, asked for by `@prompt` and captured by `@capture`;
 * a request is named by `@name` or, where it has none, by its title.
 */
type NameRole = "definition" | "prompt" | "capture" | "title" | "use";

/** A place in a file where a variable or a named request is defined or used. */
export interface NameSite {
  readonly kind: "variable" | "request";
  readonly role: NameRole;
  readonly name: string;
  /** Of the name itself: what a rename replaces. */
  readonly range: TextRange;
  /** Where the cursor counts as standing on the name: there, or anywhere in the reference. */
  readonly around: TextRange;
  /** The index of the block. */
  readonly block: number;
  /** The offset from which the nearest definition is looked for. */
  readonly from: number;
}

/** All names of a file in the order of their places. */
export function collectNames(file: RequestFile): readonly NameSite[] {
  const ownRequests = new Set(file.blocks.flatMap(({ name }) => name?.text ?? []));
  return file.blocks
    .flatMap((block, index) => namesOfBlock(file, block, index, ownRequests))
    .sort((a, b) => a.range.start - b.range.start);
}

function namesOfBlock(
  file: RequestFile,
  block: RequestBlock,
  index: number,
  ownRequests: ReadonlySet<string>,
): NameSite[] {
  const { variables, directives, runs, request } = block;
  return [
    ...nameOfRequest(block, index),
    ...variables.flatMap((variable) => [
      site("variable", "definition", variable.name, index),
      ...definitionSites(variable).flatMap((use) => referenceName(use, index)),
    ]),
    ...directives.flatMap((directive) => namesOfDirective(directive, index)),
    ...runs.flatMap((run) => namesOfRun(run, index, ownRequests)),
    ...(request ? requestSites(file, request).flatMap((use) => referenceName(use, index)) : []),
    ...outputSites(block).flatMap((use) => referenceName(use, index)),
  ];
}

function site(kind: NameSite["kind"], role: NameRole, { text, range }: Span, block: number): NameSite {
  return { kind, role, name: text, range, around: range, block, from: range.start };
}

/** Only what can be sent has a name that others can use. */
function nameOfRequest({ name, directives, request, runs }: RequestBlock, block: number): NameSite[] {
  if (!name || (!request && runs.length === 0)) return [];
  const directive = directives.find(({ value }) => value.range.start === name.range.start);
  const role = directive?.name.text === "name" ? "definition" : "title";
  return [site("request", role, name, block)];
}

const nameKinds: Partial<Record<ReferenceKind, NameSite["kind"]>> = {
  variable: "variable",
  encoded: "variable",
  response: "request",
};

function referenceName(use: ReferenceSite, block: number): NameSite[] {
  const kind = nameKinds[use.reference.kind];
  if (!kind) return [];
  const { text } = use.reference.name;
  const range = placeInFile(use, use.reference.name);
  return [{ kind, role: "use", name: text, range, around: use.range, block, from: use.from }];
}

interface DirectiveName {
  readonly kind: NameSite["kind"];
  readonly role: NameRole;
  /** Groups: what stands before the name, the name. */
  readonly form: RegExp;
}

const wholeValue = /^()(.+)$/;
const firstWord = /^()([^\s={}]+)/;
const capture = /^((?:secret[ \t]+(?=[^\s=]))?)([^\s={}]+)[ \t]*=/;

const directiveNames: ReadonlyMap<string, DirectiveName> = new Map([
  ["ref", { kind: "request", role: "use", form: wholeValue }],
  ["force-ref", { kind: "request", role: "use", form: wholeValue }],
  ["prompt", { kind: "variable", role: "prompt", form: firstWord }],
  ["secret-prompt", { kind: "variable", role: "prompt", form: firstWord }],
  ["capture", { kind: "variable", role: "capture", form: capture }],
]);

function namesOfDirective(directive: Directive, block: number): NameSite[] {
  const { name, value } = directive;
  const used = definitionSites(directive).flatMap((use) => referenceName(use, block));
  const fact = directiveNames.get(name.text);
  const [, before = "", named] = fact?.form.exec(value.text) ?? [];
  if (!fact || named === undefined) return used;
  return [site(fact.kind, fact.role, partOf(value, before.length, before.length + named.length), block), ...used];
}

/** The variables that a `run` line sets are those of the file that holds the request. */
function namesOfRun({ path, name, variables }: RunNode, block: number, ownRequests: ReadonlySet<string>): NameSite[] {
  const isOwn = !path && (!name || ownRequests.has(name.text));
  const request = name && !path ? [site("request", "use", name, block)] : [];
  const set = variables.flatMap((variable) => [
    ...(isOwn ? [site("variable", "use", variable.name, block)] : []),
    ...definitionSites(variable).flatMap((use) => referenceName(use, block)),
  ]);
  return [...request, ...set];
}
