import { Failure } from "../common/failure.ts";
import { didYouMean } from "../common/near-name.ts";
import type { TextRange } from "../common/range.ts";
import {
  type Reference,
  type RequestFile,
  scanReferences,
  scanUnclosedBraces,
  type UrlNode,
  unescapeBraces,
  type VariableDefinition,
} from "../syntax/index.ts";
import type { Locate } from "./places.ts";
import { type Piece, percentEncoded, type Template } from "./template.ts";

/** More is a mistake or an attack: ten variables that each use the one above ten times make a text of 10^10 parts. */
const limits = { pieces: 10_000, characters: 16_000_000, depth: 100 };

/** The file variables, and how texts of the file become templates. */
export class Scope {
  readonly #definitions: readonly VariableDefinition[];
  readonly #values = new Map<VariableDefinition, Template>();
  readonly #locate: Locate;

  constructor(file: RequestFile, locate: Locate) {
    this.#definitions = file.blocks.flatMap((block) => block.variables).sort((a, b) => a.range.start - b.range.start);
    this.#locate = locate;
  }

  /** @throws {Failure} `variable.undefined`, `variable.cycle` */
  expand(text: string, start: number): Template {
    return this.#expand(text, (range) => shift(range, start), start, []);
  }

  /** As `expand`, for headers and paths: what looks like a reference with a brace missing is never sent as it stands. */
  expandForHead(text: string, start: number): Template {
    this.#refuseUnclosed(text, (range) => shift(range, start));
    return this.expand(text, start);
  }

  #refuseUnclosed(text: string, place: (range: TextRange) => TextRange): void {
    // A lone "{{" is text; one with a name behind it was meant as a reference.
    const unclosed = scanUnclosedBraces(text).find(({ start }) => /^\{\{\s*[\w$%]/.test(text.slice(start, start + 64)));
    if (!unclosed) return;
    const location = this.#locate(place(unclosed));
    throw new Failure({
      code: "variable.undefined",
      title: "A reference is not complete",
      detail: "A reference begins with {{ and ends with }}; here one of the braces is missing. Nothing was sent.",
      fix: "Write {{name}}, or \\{\\{ if the braces themselves are meant.",
      location,
    });
  }

  /** The target's pieces stand on several lines; a place in the joined text is looked up in them. */
  expandUrl(url: UrlNode): Template {
    this.#refuseUnclosed(url.text, (range) => placeInUrl(url, range));
    return this.#expand(url.text, (range) => placeInUrl(url, range), url.range.start, []);
  }

  /** `from` is the place whose nearest definition counts; `path` holds the definitions that are being resolved. */
  #expand(
    text: string,
    place: (range: TextRange) => TextRange,
    from: number,
    path: readonly VariableDefinition[],
  ): Template {
    const pieces: Piece[] = [];
    let end = 0;
    let size = 0;
    for (const reference of scanReferences(text)) {
      pieces.push(literal(text.slice(end, reference.range.start)));
      const range = place(reference.range);
      const value = this.#resolve(reference, text, range, from, path);
      size += value.reduce((sum, piece) => sum + (piece.kind === "text" ? piece.text.length : 0), 0);
      if (pieces.length + value.length > limits.pieces || size > limits.characters) throw this.#tooMuch(range);
      pieces.push(...value);
      end = reference.range.end;
    }
    pieces.push(literal(text.slice(end)));
    return pieces.filter((piece) => piece.kind === "secret" || piece.text !== "");
  }

  #resolve(
    reference: Reference,
    text: string,
    range: TextRange,
    from: number,
    path: readonly VariableDefinition[],
  ): Template {
    const written = text.slice(reference.range.start, reference.range.end);
    const name = reference.name.text;
    switch (reference.kind) {
      case "environment":
        return [{ kind: "secret", name, written, location: this.#locate(range), encodings: 0 }];
      case "variable":
        return this.#variable(name, written, range, from, path);
      case "encoded":
        return percentEncoded(this.#variable(name, written, range, from, path));
      default:
        throw this.#notSupported(reference, written, range);
    }
  }

  #variable(
    name: string,
    written: string,
    range: TextRange,
    from: number,
    path: readonly VariableDefinition[],
  ): Template {
    const definition = this.#nearest(name, from);
    if (!definition) throw this.#undefined(name, written, range);
    const known = this.#values.get(definition);
    if (known) return known;
    if (path.includes(definition)) throw this.#cycle([...path.slice(path.indexOf(definition)), definition], range);
    if (path.length >= limits.depth) throw this.#tooMuch(range);
    const { start } = definition.value.range;
    const value = this.#expand(definition.value.text, (inner) => shift(inner, start), definition.range.start, [
      ...path,
      definition,
    ]);
    this.#values.set(definition, value);
    return value;
  }

  /** The last definition above, else the first one below. */
  #nearest(name: string, from: number): VariableDefinition | undefined {
    const named = this.#definitions.filter((definition) => definition.name.text === name);
    return named.findLast((definition) => definition.range.start < from) ?? named[0];
  }

  #undefined(name: string, written: string, range: TextRange): Failure {
    const names = new Set(this.#definitions.map((definition) => definition.name.text));
    const environment = /^(?:process\.)?env\.(.+)$/.exec(name)?.[1];
    const instead =
      environment === undefined
        ? didYouMean(name, names)
        : ` For an environment variable write {{$env.${environment}}}.`;
    return new Failure({
      code: "variable.undefined",
      title: `The variable ${name} is not defined`,
      detail: `${written} is used, but this file has no line "@${name} = …".`,
      fix: `Define it above the request: "@${name} = value".${instead}`,
      location: this.#locate(range),
    });
  }

  #notSupported(reference: Reference, written: string, range: TextRange): Failure {
    const isKnownForm = reference.kind === "dynamic" || reference.kind === "response";
    return new Failure({
      code: "variable.undefined",
      title: isKnownForm ? `${written} is not supported yet` : `${written} is not a reference`,
      detail: isKnownForm
        ? `${written} asks for a value that this version of Padlock cannot give. The request is not sent with the text in its place.`
        : `${written} names neither a variable nor an environment variable.`,
      fix: "Use a file variable, {{name}}, or an environment variable, {{$env.NAME}}. To send the braces as they are write \\{\\{ and \\}\\}.",
      location: this.#locate(range),
    });
  }

  #cycle(definitions: readonly VariableDefinition[], range: TextRange): Failure {
    const way = definitions.map((definition) => definition.name.text).join(" → ");
    return new Failure({
      code: "variable.cycle",
      title: `The variable ${definitions[0]?.name.text ?? ""} is defined by itself`,
      detail: `Its value can never be known: ${way}.`,
      fix: "Give one of these variables a value of its own.",
      location: this.#locate(range),
    });
  }

  #tooMuch(range: TextRange): Failure {
    return new Failure({
      code: "variable.cycle",
      title: "The variables are nested too deeply",
      detail: `Put together they have more than ${limits.depth} levels, ${limits.pieces} parts or ${limits.characters} characters.`,
      fix: "Use fewer references in the variables that this one is made of.",
      location: this.#locate(range),
    });
  }
}

function literal(text: string): Piece {
  return { kind: "text", text: unescapeBraces(text) };
}

function shift(range: TextRange, by: number): TextRange {
  return { start: range.start + by, end: range.end + by };
}

function placeInUrl(url: UrlNode, range: TextRange): TextRange {
  let offset = 0;
  for (const piece of url.pieces) {
    const start = piece.range.start + range.start - offset;
    offset += piece.text.length;
    if (range.start < offset) return { start, end: start + range.end - range.start };
  }
  return url.range;
}
