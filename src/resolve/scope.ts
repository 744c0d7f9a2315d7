import { didYouMean } from "../common/near-name.ts";
import type { TextRange } from "../common/range.ts";
import type { Redactor } from "../secrets/index.ts";
import type { Settings } from "../settings/index.ts";
import { dynamicValues } from "../syntax/dynamic-values.ts";
import { type Reference, scanReferences, scanUnclosedBraces, type UrlNode, unescapeBraces } from "../syntax/index.ts";
import { readDynamic } from "./dynamic-reference.ts";
import type { Locate } from "./places.ts";
import { hidePrivate } from "./private-values.ts";
import {
  authNotSupported,
  cycle,
  incompleteReference,
  limits,
  lineBreakInHead,
  notAReference,
  providerNotSupported,
  type Site,
  tooMuch,
  undefinedVariable,
} from "./reference-failures.ts";
import { readResponse } from "./responses.ts";
import { literal, type Piece, percentEncoded, type StoreSource, type Template } from "./template.ts";
import { placeInUrl } from "./url-place.ts";
import { unescapeValue } from "./value-escapes.ts";
import type { ValueSources } from "./values/sources.ts";
import type { Context, Definition } from "./variables/definition.ts";
import type { Variables } from "./variables/variables.ts";

export interface ScopeInput {
  readonly variables: Variables;
  readonly sources: ValueSources;
  readonly locate: Locate;
  /** Gets the values of private environment files as they are used. */
  readonly redactor: Redactor;
  /** Which names are public, and which are bound. */
  readonly settings: Pick<Settings, "publicEnv" | "secrets">;
}

/** How texts of the file become templates. Every reference is replaced once; what it is replaced by is never scanned. */
export class Scope {
  readonly #variables: Variables;
  readonly #sources: ValueSources;
  readonly #locate: Locate;
  readonly #redactor: Redactor;
  readonly #settings: Pick<Settings, "publicEnv" | "secrets">;
  readonly #values = new Map<object, Template>();
  readonly #queryTime = { left: 4000 };

  constructor({ variables, sources, locate, redactor, settings }: ScopeInput) {
    this.#variables = variables;
    this.#sources = sources;
    this.#locate = locate;
    this.#redactor = redactor;
    this.#settings = settings;
  }

  /** @throws {Failure} `variable.undefined`, `variable.unset`, `variable.cycle` */
  expand(text: string, start: number): Template {
    return this.#expand(text, this.#at(start), []);
  }

  /** The text of another file, named at `place`: its references are looked up and shown there. */
  expandOther(text: string, place: TextRange): Template {
    const location = this.#locate(place);
    return this.#expand(text, { ...this.#at(place.start), place: () => location }, []);
  }

  /**
   * As `expand`, for headers and paths: what looks like a reference with a brace missing is never sent as it stands, and
   * no value brings a line break of its own.
   * @throws {Failure} also `value.header-injection`
   */
  expandForHead(text: string, start: number): Template {
    return this.#expandHead(text, this.#at(start));
  }

  /** The target's pieces stand on several lines; a place in the joined text is looked up in them. */
  expandUrl(url: UrlNode): Template {
    return this.#expandHead(url.text, {
      ...this.#at(url.range.start),
      place: (range) => this.#locate(placeInUrl(url, range)),
    });
  }

  #at(start: number): Context {
    const place = (range: TextRange) => this.#locate({ start: start + range.start, end: start + range.end });
    return { file: this.#variables.file, from: start, place, without: [] };
  }

  #expandHead(text: string, context: Context): Template {
    // A lone "{{" is text; one with a name behind it was meant as a reference.
    const unclosed = scanUnclosedBraces(text).find(({ start }) => /^\{\{\s*[\w$%]/.test(text.slice(start, start + 64)));
    if (unclosed) throw incompleteReference(context.place(unclosed));
    return this.#expand(text, context, [], refuseLineBreak);
  }

  /** `path` holds the definitions that are being resolved; `check` sees what each reference of the text gives. */
  #expand(
    text: string,
    context: Context,
    path: readonly Definition[],
    check?: (value: Template, site: Site) => void,
    unescaped: (text: string) => string = unescapeBraces,
  ): Template {
    const pieces: Piece[] = [];
    let end = 0;
    let size = 0;
    for (const reference of scanReferences(text)) {
      pieces.push(...literal(unescaped(text.slice(end, reference.range.start))));
      const site = {
        written: text.slice(reference.range.start, reference.range.end),
        location: context.place(reference.range),
      };
      const value = this.#resolve(reference, site, context, path);
      check?.(value, site);
      size += value.reduce((sum, piece) => sum + (piece.kind === "text" ? piece.text.length : 0), 0);
      if (pieces.length + value.length > limits.pieces || size > limits.characters) throw tooMuch(site.location);
      pieces.push(...value);
      end = reference.range.end;
    }
    pieces.push(...literal(unescaped(text.slice(end))));
    return pieces;
  }

  #resolve({ kind, name, rest }: Reference, site: Site, context: Context, path: readonly Definition[]): Template {
    switch (kind) {
      case "environment":
      case "dotenv":
      case "secret":
        return this.#store(kind, name.text, site, context, path);
      case "variable":
        return this.#variable(name.text, site, context, path);
      case "encoded":
        return percentEncoded(this.#variable(name.text, site, context, path));
      case "response":
        return [
          {
            kind: "value",
            value: readResponse(name.text, rest.text, site, this.#sources, this.#redactor, this.#queryTime),
            encodings: 0,
          },
        ];
      case "dynamic":
        return this.#dynamic(name.text, rest.text, site, context, path);
      default:
        throw notAReference(site, "");
    }
  }

  /** `%NAME`: the variable NAME holds the name that is asked for. */
  #store(source: StoreSource, name: string, site: Site, context: Context, path: readonly Definition[]): Template {
    const asked = name.startsWith("%") ? this.#storeName(name.slice(1), site, context, path) : name;
    const isPublic = source === "environment" && this.#settings.publicEnv.has(asked);
    return [{ kind: "value", value: { source, name: asked, isPublic, ...site }, encodings: 0 }];
  }

  #storeName(variable: string, site: Site, context: Context, path: readonly Definition[]): string {
    const value = this.#variable(variable, site, context, path);
    const name = value.map((piece) => (piece.kind === "text" ? piece.text : "\0")).join("");
    // Who may choose which secret is read is the author alone, not a server.
    if (!/^[^\s={}\0]+$/.test(name)) throw notAReference(site, ` The variable ${variable} must hold the name itself.`);
    return name;
  }

  #dynamic(name: string, rest: string, site: Site, context: Context, path: readonly Definition[]): Template {
    if (name === "$shared") return this.#shared(rest, site, path);
    if (/^\$auth\b/.test(name)) throw this.#auth(rest, site);
    const value = readDynamic(name, rest, site, (argument) => {
      const [reference] = scanReferences(argument);
      if (!reference) throw notAReference(site, "");
      return this.#resolve(reference, { ...site, written: argument, isArgument: true }, context, path);
    });
    if (value) return [{ kind: "value", value, encodings: 0 }];
    throw notAReference(
      site,
      didYouMean(name, [...dynamicValues.map((known) => known.name), "$env", "$dotenv", "$secret"]),
    );
  }

  #shared(name: string, site: Site, path: readonly Definition[]): Template {
    const definition = this.#variables.findShared(name);
    if (definition) return this.#value(definition, site, path);
    throw notAReference(
      site,
      ` The environment files give $shared no value of this name.${didYouMean(name, this.#variables.sharedNames)}`,
    );
  }

  #auth(rest: string, site: Site) {
    const id = /["']([^"']*)["']/.exec(rest)?.[1] ?? "";
    const provider = this.#sources.environments.authProvider(this.#sources.environmentName, id);
    return authNotSupported(id, provider?.type ?? "", site, provider?.location.file);
  }

  #variable(name: string, site: Site, context: Context, path: readonly Definition[]): Template {
    const found = this.#variables.find(name, context, site.location);
    if (!found) throw undefinedVariable(name, site, this.#variables, this.#sources.environmentName);
    return "kind" in found ? [found] : this.#value(found, site, path);
  }

  #value(definition: Definition, site: Site, path: readonly Definition[]): Template {
    const { key, name, text, context, hasEscapes, provider } = definition;
    const known = this.#values.get(key);
    if (known) return known;
    const start = path.findIndex((outer) => outer.key === key);
    if (start >= 0)
      throw cycle(
        [...path.slice(start), definition].map((each) => each.name),
        site.location,
      );
    if (path.length >= limits.depth) throw tooMuch(site.location);
    if (provider !== undefined) {
      throw providerNotSupported(name, provider, site, context.place({ start: 0, end: 0 }).file);
    }
    const expanded = this.#expand(
      text,
      context,
      [...path, definition],
      undefined,
      hasEscapes ? unescapeValue : undefined,
    );
    const isListed = this.#settings.secrets.some((entry) => entry.name === name);
    const value = definition.isPrivate ? hidePrivate(expanded, { name, ...site }, isListed, this.#redactor) : expanded;
    this.#values.set(key, value);
    return value;
  }
}

/** The author's own text, too, may come from an environment file or an escape. */
function refuseLineBreak(value: Template, site: Site): void {
  for (const piece of value) {
    const control = piece.kind === "text" ? /[\r\n\0]/.exec(piece.text)?.[0] : undefined;
    if (control !== undefined) throw lineBreakInHead(site, control);
  }
}
