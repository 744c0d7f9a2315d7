import type { CompletionItem } from "vscode-languageserver-types";
import { isToken } from "../../syntax/characters.ts";
import { headerFields } from "../facts/header-fields.ts";
import { type KnownFile, type KnownRequest, knownRequests } from "../known-names.ts";
import { item, Kind } from "./items.ts";
import { pathSteps } from "./json-paths.ts";
import { type ReferenceContext, replaced } from "./open-reference.ts";
import type { CompletionRequest } from "./request.ts";

/** One way to go on: the text from `from` on, counted in what is written, is replaced by `text`. */
interface Step {
  readonly label: string;
  readonly text: string;
  readonly from: number;
  readonly detail?: string;
  readonly filter?: string;
  /** Something has to follow. */
  readonly goesOn?: boolean;
}

/**
 * The parts of a request's last exchange: `login.` → `response`, `request`; then body, headers, status; then the names
 * of headers and JSON properties as the last response had them. Undefined when no known request is named.
 */
export function responseItems(
  context: ReferenceContext,
  request: CompletionRequest,
  files: readonly KnownFile[],
): CompletionItem[] | undefined {
  const { written } = context;
  if (!written.includes(".") || written.startsWith("$") || written.startsWith("%")) return undefined;
  const named = knownRequests(files)
    .filter(({ name }) => written.startsWith(`${name}.`))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!named) return undefined;
  return stepsBehind(named, written, request).map(({ label, text, from, detail, goesOn, filter = text }, rank) =>
    item(request.document, {
      label,
      kind: Kind.Property,
      range: replaced(context, from),
      text: goesOn ? text : text + context.closing,
      behind: goesOn ? context.closing : "",
      detail,
      rank: Math.min(rank, 999),
      filter,
      goesOn: goesOn ?? false,
    }),
  );
}

const messageParts: readonly (readonly [message: string, part: string, detail: string, goesOn: boolean])[] = [
  ["response", "body.", "What the server sent", true],
  ["response", "headers.", "A header of the response", true],
  ["response", "status", "The status code", false],
  ["request", "body.", "What was sent", true],
  ["request", "headers.", "A header that was sent", true],
  ["request", "method", "The method that was sent", false],
  ["request", "url", "The URL that was sent", false],
];

function stepsBehind(named: KnownRequest, written: string, { host, document }: CompletionRequest): readonly Step[] {
  const rest = written.slice(named.name.length + 1);
  const base = named.name.length + 1;
  if (/^\w*$/.test(rest)) {
    const step = (text: string, detail: string): Step => ({
      label: text,
      text: `${text}.`,
      from: base,
      detail,
      goesOn: true,
    });
    return [step("response", "What was received last"), step("request", "What was sent last")];
  }
  const [, message = "", part = ""] = /^(response|request)\.(\w*)(?=\.|$)/.exec(rest) ?? [];
  if (message === "") return [];
  const from = base + message.length + 1;
  if (rest.length === message.length + 1 + part.length) {
    return messageParts
      .filter(([of]) => of === message)
      .map(([, text, detail, goesOn]) => ({ label: text.replace(".", ""), text, from, detail, goesOn }));
  }
  const known = message === "response" ? host.lastResponse(document.uri, named.name) : undefined;
  const partFrom = from + part.length + 1;
  const typed = written.slice(partFrom);
  if (part === "headers" && /^[^\s.]*$/.test(typed)) {
    const names = known?.headerNames ?? writtenNames(named, message);
    return [...new Set(names)].filter(isToken).map((name) => ({ label: name, text: name, from: partFrom }));
  }
  if (part !== "body") return [];
  return pathSteps(typed, known?.shape).map((step) => ({ ...step, from: partFrom + step.from }));
}

/** What a request was written with; of a response that is not known yet what responses usually have. */
function writtenNames({ block }: KnownRequest, message: string): readonly string[] {
  if (message === "request") return block.request?.headers.map(({ name }) => name.text) ?? [];
  return [
    "Content-Type",
    "ETag",
    "Location",
    "Set-Cookie",
    ...headerFields.filter(({ name }) => name.startsWith("X-R")).map(({ name }) => name),
  ];
}
