import type { SourceLocation } from "../common/range.ts";
import { allButUnreserved, percentEncode } from "../secrets/index.ts";

/**
 * A text of the request file with its references replaced as far as the author's own text goes, and between it the
 * values that others give: secrets, answers to prompts, parts of responses, dynamic values. These are put in last, so
 * none can be mistaken for what the author wrote.
 */
export type Template = readonly Piece[];
export type Piece = TextPiece | ValuePiece;

export interface TextPiece {
  readonly kind: "text";
  readonly text: string;
  /** From a private environment file. */
  readonly isPrivate?: boolean;
}

export interface ValuePiece {
  readonly kind: "value";
  /** The same object wherever the same value is meant: a variable that holds `{{$uuid}}` has one value a request. */
  readonly value: RequestedValue;
  /** How many times `{{%name}}` asks for percent-encoding. */
  readonly encodings: number;
}

export type RequestedValue = {
  /** The name that is asked for: of the environment variable, the prompt, the request, or `$uuid`. */
  readonly name: string;
  /** `{{$env.NAME}}` as it stands in the file, for messages. */
  readonly written: string;
  readonly location: SourceLocation;
} & (
  | { readonly source: StoreSource }
  | { readonly source: "prompt"; readonly text: string; readonly isSecret: boolean; readonly order: number }
  /** The part of the response, and the names of the secrets that it holds. */
  | { readonly source: "response"; readonly text: string; readonly secrets: readonly string[] }
  | { readonly source: "dynamic"; readonly arguments: readonly Template[] }
);

/** Where secrets are kept: all that comes from there is one. */
export type StoreSource = "environment" | "dotenv" | "secret";

export function literal(text: string): Template {
  return text === "" ? [] : [{ kind: "text", text }];
}

export function valuesOf(template: Template): readonly ValuePiece[] {
  return template.filter((piece) => piece.kind === "value");
}

type Origin = Exclude<RequestedValue, { source: "dynamic" }>;

const knownOrigins = new WeakMap<RequestedValue, ReadonlySet<Origin>>();

/**
 * What a value is made of in the end, each once. A value that takes another one four times, which does the same, has few
 * origins and no end of ways to them: each value is looked into once.
 */
export function originsOf(value: RequestedValue): ReadonlySet<Origin> {
  if (value.source !== "dynamic") return new Set([value]);
  const known = knownOrigins.get(value);
  if (known) return known;
  const origins = new Set<Origin>();
  for (const piece of value.arguments.flatMap(valuesOf)) {
    for (const origin of originsOf(piece.value)) origins.add(origin);
  }
  knownOrigins.set(value, origins);
  return origins;
}

/** The secrets that a value is made of: only hosts that all of them are bound to may get it. */
export function boundSecrets(value: RequestedValue): readonly string[] {
  return [...new Set([...originsOf(value)].flatMap(secretsOf))];
}

function secretsOf(origin: Origin): readonly string[] {
  switch (origin.source) {
    case "prompt":
      return origin.isSecret ? [origin.name] : [];
    case "response":
      return origin.secrets;
    default:
      return [origin.name];
  }
}

/** Does a person have to be asked for it? */
export function needsPrompt(value: RequestedValue): boolean {
  return [...originsOf(value)].some(({ source }) => source === "prompt");
}

/** Does a server have a say in it? */
export function isFromResponse(value: RequestedValue): boolean {
  return [...originsOf(value)].some(({ source }) => source === "response");
}

/** Replaces the values, once. */
export function fill(template: Template, read: (piece: ValuePiece) => string): string {
  return template.map((piece) => (piece.kind === "text" ? piece.text : read(piece))).join("");
}

/** The text with its references as written: fit to be shown. */
export function shownTemplate(template: Template): string {
  return fill(template, ({ value }) => value.written);
}

/** `{{%name}}`: everything but unreserved characters is percent-encoded, the author's text and the values alike. */
export function percentEncoded(template: Template): Template {
  return template.map((piece) =>
    piece.kind === "text"
      ? { ...piece, text: percentEncode(piece.text, allButUnreserved) }
      : { ...piece, encodings: piece.encodings + 1 },
  );
}
