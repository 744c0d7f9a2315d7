import { isCredentialField } from "../../../common/credential-names.ts";
import type { TextRange } from "../../../common/range.ts";
import {
  isGraphql,
  type RequestBlock,
  type RequestNode,
  type Span,
  type VariableDefinition,
} from "../../../syntax/index.ts";
import { scanAuthorization } from "./authorization.ts";
import { type BodyForm, isData, scanBody, unescaped } from "./bodies.ts";
import { braced, type Credential, plainMove, shifted } from "./credential.ts";
import { inArgument } from "./curl.ts";
import { scanHeader } from "./headers.ts";
import { scanKnownFormats } from "./known-formats.ts";
import { isPlaceholder } from "./placeholders.ts";
import { percentDecoded, scanUrlFields, scanUserinfo } from "./urls.ts";
import type { Found } from "./values.ts";

/** A place where references are replaced, and how a value is written there. */
interface Place {
  readonly range: TextRange;
  readonly form: BodyForm | "url";
}

/** The credentials of one block of a file, in the order of their places and without overlaps. */
export function credentialsInBlock(text: string, block: RequestBlock): readonly Credential[] {
  const places: Place[] = [];
  const credentials: Credential[] = [];
  const add = (span: Span, found: readonly Found[], isCurl = false) => {
    for (const one of found) credentials.push(isCurl ? inArgument(text, span, one) : inText(span, one));
  };
  const definitions = [...block.variables, ...block.runs.flatMap(({ variables }) => variables)];
  for (const definition of definitions) {
    // There a backslash has a meaning of its own.
    const isPlain = !definition.value.text.includes("\\");
    if (isPlain) places.push({ range: definition.value.range, form: "other" });
    for (const found of scanDefinition(definition)) {
      const credential = inText(definition.value, found);
      credentials.push(isPlain ? credential : { ...credential, move: undefined });
    }
  }
  if (block.request) addRequest(block.request, places, add);
  for (const { range, what } of scanKnownFormats(text.slice(block.range.start, block.range.end))) {
    const place = shifted(range, block.range.start);
    if (!isPlaceholder(text.slice(place.start, place.end))) credentials.push(known(text, place, what, places));
  }
  return withoutOverlaps(credentials);
}

function addRequest(
  request: RequestNode,
  places: Place[],
  add: (span: Span, found: readonly Found[], isCurl: boolean) => void,
): void {
  const { url, headers, body, curl } = request;
  const isCurl = request.dialect === "curl";
  for (const [index, piece] of url.pieces.entries()) {
    places.push({ range: piece.range, form: "url" });
    if (index === 0) add(piece, scanUserinfo(piece.text), isCurl);
    add(piece, scanUrlFields(piece.text, 0), isCurl);
  }
  for (const { name, value } of headers) {
    places.push({ range: value.range, form: "other" });
    if (value.text !== "") add(value, scanHeader(name.text, value.text), isCurl);
  }
  for (const span of curl ? [curl.passphrase] : []) {
    if (span && !isPlaceholder(span.text)) {
      add(span, [{ range: { start: 0, end: span.text.length }, what: "a passphrase", name: "passphrase" }], isCurl);
    }
  }
  const spans =
    body.kind === "inline"
      ? [body.content]
      : body.kind === "mixed"
        ? body.parts.flatMap((part) => (part.kind === "text" ? [part.content] : []))
        : [];
  const form = bodyForm(request);
  for (const span of spans) {
    places.push({ range: span.range, form });
    add(span, scanBody(span.text, form), isCurl);
  }
}

/** `@token = …`, and variables that hold a whole `Authorization` value or a URL. */
function scanDefinition({ name, value: { text } }: VariableDefinition): readonly Found[] {
  if (text === "") return [];
  if (/^(?:bearer|basic)[ \t]+\S/i.test(text)) return scanAuthorization(text);
  if (text.includes("://")) return [...scanUserinfo(text), ...scanUrlFields(text, 0)];
  if (text.includes("{{") || !isCredentialField(name.text) || isData(text, name.text)) return [];
  return [{ range: { start: 0, end: text.length }, what: "a credential", name: name.text }];
}

function bodyForm(request: RequestNode): BodyForm {
  const type = request.headers.find(({ name }) => name.text.toLowerCase() === "content-type")?.value.text ?? "";
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return "form";
  if (/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) return isGraphql(request) ? "other" : "json";
  const { body } = request;
  // What curl sends of `-d` without a type is a form.
  const isForm =
    type === "" && request.dialect === "curl" && body.kind === "inline" && !/^\s*[{["<]/.test(body.content.text);
  return isForm ? "form" : "other";
}

function inText(
  { text, range: { start } }: Span,
  { what, name, range, replaced = range, ...found }: Found,
): Credential {
  const { value = text.slice(range.start, range.end), write = braced } = found;
  return { range: shifted(range, start), what, name, move: { range: shifted(replaced, start), value, write } };
}

/** In a comment, a directive or a script nothing is replaced. */
function known(text: string, range: TextRange, what: string, places: readonly Place[]): Credential {
  const raw = text.slice(range.start, range.end);
  const place = places.find((one) => one.range.start <= range.start && range.end <= one.range.end);
  const value = place?.form === "json" ? unescaped(raw) : place?.form === "form" ? percentDecoded(raw) : raw;
  return { range, what, name: nameOf(what), move: place && plainMove(range, value) };
}

/** "a GitHub token" → "GitHub token". */
function nameOf(what: string): string {
  return what.replace(/^an? /, "").replace(/ or .*$| in .*$/, "");
}

/** Of those that overlap the first that was found: what stands around a value says more about it than its format. */
function withoutOverlaps(credentials: readonly Credential[]): readonly Credential[] {
  const ranked = credentials.map((credential, rank) => ({ credential, rank }));
  ranked.sort((a, b) => a.credential.range.start - b.credential.range.start || a.rank - b.rank);
  const kept: typeof ranked = [];
  for (const one of ranked) {
    const last = kept.at(-1);
    if (!last || last.credential.range.end <= one.credential.range.start) kept.push(one);
    else if (one.rank < last.rank) kept[kept.length - 1] = one;
  }
  return kept.map(({ credential }) => credential);
}
