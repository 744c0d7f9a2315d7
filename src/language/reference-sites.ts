import type { TextRange } from "../common/range.ts";
import { type Reference, type RequestFile, type RequestNode, type Span, scanReferences } from "../syntax/index.ts";

export interface ReferenceSite {
  readonly reference: Reference;
  /** In the file, while the reference's own ranges count in the text that holds it. */
  readonly range: TextRange;
  /** The place whose nearest definition counts: a definition's own line cannot give its value. */
  readonly from: number;
}

/** All references of the places where they are replaced: comments, directives and titles hold none. */
export function referenceSites(file: RequestFile): readonly ReferenceSite[] {
  return file.blocks.flatMap(({ variables, request }) => [
    ...variables.flatMap(({ value, range }) => sitesIn(value, range.start)),
    ...(request ? requestSpans(request) : []).flatMap((span) => sitesIn(span, span.range.start)),
  ]);
}

/** Method, target and headers: what makes the head of the request. */
export function headSpans(request: RequestNode): readonly Span[] {
  const head = [...request.url.pieces, ...request.headers.flatMap(({ name, value }) => [name, value])];
  return request.method ? [request.method, ...head] : head;
}

function requestSpans(request: RequestNode): readonly Span[] {
  const { body } = request;
  if (body.kind === "none") return headSpans(request);
  return [...headSpans(request), body.kind === "file" ? body.path : body.content];
}

function sitesIn(span: Span, from: number): readonly ReferenceSite[] {
  return scanReferences(span.text).map((reference) => ({
    reference,
    range: { start: span.range.start + reference.range.start, end: span.range.start + reference.range.end },
    from,
  }));
}
