import type { CompletionItem } from "vscode-languageserver-types";
import type { KnownResponse } from "../../common/known-response.ts";
import { Cursor } from "../../syntax/queries/cursor.ts";
import { predicateFacts } from "../../syntax/queries/predicate-facts.ts";
import { queryFacts } from "../../syntax/queries/query-facts.ts";
import { readQueryAt } from "../../syntax/queries/query-reader.ts";
import { queryValues } from "../facts/query-values.ts";
import { type ItemInit, item, Kind } from "./items.ts";
import { pathSteps } from "./json-paths.ts";
import type { CompletionRequest, ContextOf } from "./request.ts";

type ValueContext = ContextOf<"directive-value">;

/** What comes next in `QUERY [not] PREDICATE OPERAND`. */
export function assertionItems({ written, after }: ValueContext, request: CompletionRequest): CompletionItem[] {
  const cursor = new Cursor({ text: written, range: { start: 0, end: written.length } });
  const query = readQueryAt(cursor);
  const behind = written.slice(cursor.offset);
  // Without a blank behind it the query is still being typed.
  if (!query.ok || !/^[ \t]/.test(behind)) return queryItems(written, after, request);
  const [, not, typed] = /^[ \t]+(not[ \t]+)?(\S*)$/.exec(behind) ?? [];
  if (typed === undefined) return valueItems(written.slice(0, cursor.offset).trim(), behind, after, request);
  const make = maker(typed, after, request);
  const predicates = [...predicateFacts].map(([name, { operand, documentation }], rank) =>
    make({ label: name, text: operand === "none" ? name : `${name} `, kind: Kind.Operator, documentation, rank }),
  );
  if (not !== undefined) return predicates;
  return [
    ...predicates,
    make({
      label: "not",
      text: "not ",
      kind: Kind.Keyword,
      documentation: "Turns the predicate round.",
      rank: 900,
      goesOn: true,
    }),
  ];
}

/** What the query often gives, behind a comparison. */
function valueItems(query: string, behind: string, after: string, request: CompletionRequest): CompletionItem[] {
  const [, typed] = /^[ \t]+(?:not[ \t]+)?[=!<>]=?[ \t]+(\S*)$/.exec(behind) ?? [];
  if (typed === undefined) return [];
  const make = maker(typed, after, request);
  return [...(queryValues.get(query) ?? [])].map(([label, detail], rank) =>
    make({ label, kind: Kind.Value, detail, rank }),
  );
}

/** What comes next in `[secret] NAME = QUERY`: names are free. */
export function captureItems({ written, after }: ValueContext, request: CompletionRequest): CompletionItem[] {
  const [, query] = /^[^=]*=[ \t]*(.*)$/.exec(written) ?? [];
  if (query !== undefined) return queryItems(query, after, request);
  if (/\s/.test(written)) return [];
  const documentation = "The value is redacted wherever it would be shown.";
  return [
    maker(written, after, request)({ label: "secret", text: "secret ", kind: Kind.Keyword, documentation, rank: 0 }),
  ];
}

function queryItems(written: string, after: string, request: CompletionRequest): CompletionItem[] {
  const known = lastResponse(request);
  const [, header] = /^header[ \t]+([^\s"']*)$/.exec(written) ?? [];
  if (header !== undefined) {
    const make = maker(header, after, request);
    const names = known?.headerNames ?? [
      "Content-Type",
      "Cache-Control",
      "ETag",
      "Location",
      "Strict-Transport-Security",
    ];
    return names.map((label, rank) => make({ label, kind: Kind.Field, rank: Math.min(rank, 999) }));
  }
  const [, path] = /^body\.(.*)$/.exec(written) ?? [];
  if (path !== undefined) {
    return pathSteps(path, known?.shape)
      .filter(({ text }) => text !== "*")
      .map(({ label, text, from, detail, filter = text }, rank) =>
        maker(
          path.slice(from),
          after,
          request,
        )({ label, text, kind: Kind.Property, detail, rank: Math.min(rank, 999), filter }),
      );
  }
  if (/\s/.test(written)) return [];
  const make = maker(written, after, request);
  return [...queryFacts].map(([name, { argument, usage, documentation }], rank) => {
    const takesWord = argument !== "none" && argument !== "json-path";
    return make({
      label: name,
      text: takesWord ? `${name} ` : name,
      kind: Kind.Function,
      detail: usage,
      documentation,
      rank,
      goesOn: argument === "header",
    });
  });
}

/** Items that take the place of the word under the cursor, of which `typed` stands before it. */
function maker(typed: string, after: string, { document, place }: CompletionRequest) {
  const rest = /^[^\s{}]*/.exec(after)?.[0] ?? "";
  const range = { start: place.offset - typed.length, end: place.offset + rest.length };
  return (init: Omit<ItemInit, "range">) => item(document, { ...init, range });
}

function lastResponse({ host, document, place }: CompletionRequest): KnownResponse | undefined {
  const name = place.block?.name?.text;
  return name === undefined ? undefined : host.lastResponse(document.uri, name);
}
