import type { TextRange } from "../common/range.ts";
import { scanDynamicArguments } from "../syntax/dynamic-arguments.ts";
import { findDynamicValue } from "../syntax/dynamic-values.ts";
import {
  type Reference,
  type RequestBlock,
  type RequestFile,
  type RequestNode,
  type Span,
  scanReferences,
  type VariableDefinition,
} from "../syntax/index.ts";

export interface ReferenceSite {
  readonly reference: Reference;
  /** In the file, while the reference's own ranges count in the text that holds it. */
  readonly range: TextRange;
  /** The place whose nearest definition counts: a definition's own line cannot give its value. */
  readonly from: number;
}

/** All references of the places where they are replaced: comments, directives and titles hold none. */
export function referenceSites(file: RequestFile): readonly ReferenceSite[] {
  return file.blocks.flatMap((block) => [
    ...block.variables.flatMap(definitionSites),
    ...block.runs.flatMap((run) => run.variables.flatMap(definitionSites)),
    ...(block.request ? requestSites(file, block.request) : []),
    ...outputSites(block),
  ]);
}

/** The references in the paths of `>>` lines. */
export function outputSites({ outputs }: RequestBlock): readonly ReferenceSite[] {
  return outputs.length === 0 ? none : spanSites(outputs.map(({ path }) => path));
}

/** The references in the value of a definition. */
export function definitionSites({ value, range }: VariableDefinition): readonly ReferenceSite[] {
  if (!value.text.includes("{{")) return none;
  const sites: ReferenceSite[] = [];
  addSites(sites, value, range.start);
  return sites;
}

/** The references of a text as it stands, with those in the arguments of others. */
export function textSites(text: string): readonly ReferenceSite[] {
  const sites: ReferenceSite[] = [];
  addSites(sites, { text, range: { start: 0, end: text.length } }, 0);
  return sites;
}

/** The references in method, target, headers and body. */
export function requestSites(file: RequestFile, request: RequestNode): readonly ReferenceSite[] {
  return spanSites(requestSpans(file, request));
}

function spanSites(spans: readonly Span[]): readonly ReferenceSite[] {
  const sites: ReferenceSite[] = [];
  for (const span of spans) {
    if (span.text.includes("{{")) addSites(sites, span, span.range.start);
  }
  return sites;
}

/** Method, target and headers: what makes the head of the request. Each text is exactly what stands at its place. */
export function headSpans(file: RequestFile, request: RequestNode): readonly Span[] {
  return request.dialect === "curl" ? [written(file, request.range)] : spansOfHead(request);
}

function spansOfHead({ method, url, headers }: RequestNode): Span[] {
  const spans = method ? [method] : [];
  for (const piece of url.pieces) spans.push(piece);
  for (const { name, value } of headers) spans.push(name, value);
  return spans;
}

/** The arguments of a cURL command are one text: one of them may give several parts of the request. */
function requestSpans(file: RequestFile, request: RequestNode): readonly Span[] {
  if (request.dialect === "curl") return [written(file, request.range)];
  const spans = spansOfHead(request);
  const { body } = request;
  if (body.kind !== "none") spans.push(body.kind === "file" ? body.path : body.content);
  return spans;
}

function written(file: RequestFile, range: TextRange): Span {
  return { text: file.text.slice(range.start, range.end), range };
}

const none: readonly ReferenceSite[] = [];

function addSites(sites: ReferenceSite[], { text, range: { start: shift } }: Span, from: number): void {
  for (const reference of scanReferences(text)) {
    sites.push({ reference, range: shifted(reference.range, shift), from });
    // What the arguments of an unknown value mean is unknown too.
    if (reference.kind !== "dynamic" || reference.rest.text === "" || !findDynamicValue(reference.name.text)) continue;
    for (const site of argumentSites(reference, shift, from)) sites.push(site);
  }
}

/** The arguments of a dynamic value may be references themselves, as in `{{$basic user $env.PASSWORD}}`. */
function argumentSites({ name, rest }: Reference, shift: number, from: number): readonly ReferenceSite[] {
  return scanDynamicArguments(name.text, rest.text).arguments.flatMap(({ kind, text, range }) => {
    const [reference] = kind === "reference" ? scanReferences(`{{${text}}}`) : [];
    // Its braces are not there: the place is that of what would stand between them.
    if (!reference || reference.expression.text !== text) return [];
    return {
      reference: { ...reference, range: reference.expression.range },
      range: shifted(range, rest.range.start + shift),
      from,
    };
  });
}

function shifted({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}

/** The same place of a part of the reference, such as its name, in the file. */
export function placeInFile(site: ReferenceSite, part: Span): TextRange {
  return shifted(part.range, site.range.start - site.reference.range.start);
}
