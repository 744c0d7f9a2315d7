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
  /** From a variable of a private environment file that `padlock.secrets` does not list. */
  readonly isPrivate?: boolean;
  /** The variables of private environment files that it comes from and that `padlock.secrets` lists. */
  readonly bound?: readonly BoundText[] | undefined;
}

export interface BoundText {
  /** Of the variable. */
  readonly name: string;
  readonly written: string;
  readonly location: SourceLocation;
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
} /** `isPublic`: an environment variable that `padlock.publicEnv` names. It is a value, but no secret. */ & (
  | { readonly source: StoreSource; readonly isPublic?: boolean }
  | { readonly source: "prompt"; readonly text: string; readonly isSecret: boolean; readonly order: number }
  /** The part of the response, and the names of the secrets that it holds. */
  | {
      readonly source: "response";
      readonly text: string;
      readonly secrets: readonly string[];
      /** Holds a value of a private environment file. */
      readonly isPrivate?: boolean;
    }
  | { readonly source: "dynamic"; readonly arguments: readonly Template[] }
);

/** Where secrets are kept: all that comes from there is one, but for public environment variables. */
export type StoreSource = "environment" | "dotenv" | "secret";

export function literal(text: string): Template {
  return text === "" ? [] : [{ kind: "text", text }];
}

export function valuesOf(template: Template): readonly ValuePiece[] {
  return template.filter((piece) => piece.kind === "value");
}

type Origin = Exclude<RequestedValue, { source: "dynamic" }>;

/** What a value is made of in the end, each once. */
interface Contents {
  readonly origins: ReadonlySet<Origin>;
  readonly bound: ReadonlySet<BoundText>;
  readonly isPrivate: boolean;
}

const knownContents = new WeakMap<RequestedValue, Contents>();

/**
 * A value that takes another one four times, which does the same, has few origins and no end of ways to them: each value
 * is looked into once.
 */
function contentsOf(value: RequestedValue): Contents {
  if (value.source !== "dynamic") {
    const isPrivate = value.source === "response" && value.isPrivate === true;
    return { origins: new Set([value]), bound: new Set(), isPrivate };
  }
  const known = knownContents.get(value);
  if (known) return known;
  const origins = new Set<Origin>();
  const bound = new Set<BoundText>();
  let isPrivate = false;
  for (const piece of value.arguments.flat()) {
    const inner = piece.kind === "text" ? undefined : contentsOf(piece.value);
    for (const origin of inner?.origins ?? []) origins.add(origin);
    for (const text of boundTexts(piece)) bound.add(text);
    if (isPrivatePiece(piece)) isPrivate = true;
  }
  const contents = { origins, bound, isPrivate };
  knownContents.set(value, contents);
  return contents;
}

export function originsOf(value: RequestedValue): ReadonlySet<Origin> {
  return contentsOf(value).origins;
}

/** The variables of private environment files in it that `padlock.secrets` binds. */
export function boundTexts(piece: Piece): Iterable<BoundText> {
  return piece.kind === "text" ? (piece.bound ?? []) : contentsOf(piece.value).bound;
}

/** Is anything in it that comes from a private environment file and is bound to no hosts? */
export function isPrivatePiece(piece: Piece): boolean {
  return piece.kind === "text" ? piece.isPrivate === true : contentsOf(piece.value).isPrivate;
}

/** The secrets that a value is made of: only hosts that all of them are bound to may get it. */
export function boundSecrets(value: RequestedValue): readonly string[] {
  const { origins, bound } = contentsOf(value);
  return [...new Set([...[...origins].flatMap(secretsOf), ...[...bound].map(({ name }) => name)])];
}

/** Is the name in the value that of an environment variable, and of nothing else? Such a one may be configuration. */
export function isOnlyEnvironment(value: RequestedValue, name: string): boolean {
  const { origins, bound } = contentsOf(value);
  const ofName = [...origins].filter((origin) => secretsOf(origin).includes(name));
  return ofName.every(({ source }) => source === "environment") && ![...bound].some((text) => text.name === name);
}

/** Made of nothing but environment variables that are configuration. */
export function isPublic(value: RequestedValue): boolean {
  return [...originsOf(value)].every((origin) => origin.source === "environment" && origin.isPublic === true);
}

function secretsOf(origin: Origin): readonly string[] {
  switch (origin.source) {
    case "prompt":
      return origin.isSecret ? [origin.name] : [];
    case "response":
      return origin.secrets;
    default:
      return origin.isPublic ? [] : [origin.name];
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
