import type { SourceLocation } from "../../common/range.ts";
import type { EnvironmentVariable } from "../../settings/index.ts";
import type { RequestBlock, RequestFile } from "../../syntax/index.ts";
import { createLocate, type Locate } from "../places.ts";
import type { ValuePiece } from "../template.ts";
import type { ValueSources } from "../values/sources.ts";
import type { Context, Definition, KnownName, VariableFile } from "./definition.ts";
import { readPrompts } from "./prompts.ts";
import { createVariableFile } from "./variable-file.ts";

export interface VariableInput {
  readonly file: RequestFile;
  readonly block: RequestBlock;
  readonly shown: string;
  readonly locate: Locate;
  readonly sources: ValueSources;
}

/**
 * Every variable that a request can name. The order of look-up: what `run` sets, the questions of the block, the file's
 * own definitions, those of imported files, the active environment, `$shared`.
 */
export class Variables {
  readonly file: VariableFile;
  readonly #sources: ValueSources;
  readonly #prompts: ReadonlyMap<string, ValuePiece>;
  readonly #imports: readonly VariableFile[];
  readonly #environment: ReadonlyMap<string, EnvironmentVariable>;
  readonly #shared: ReadonlyMap<string, EnvironmentVariable>;
  readonly #requestStart: number;
  readonly #overrideKeys: ReadonlyMap<string, object>;

  constructor({ file, block, shown, locate, sources }: VariableInput) {
    this.file = createVariableFile(file, shown, locate);
    this.#sources = sources;
    this.#prompts = readPrompts(block, locate);
    this.#imports = sources.imports.map((imported) =>
      createVariableFile(imported.file, imported.shown, createLocate(imported.file.text, imported.shown)),
    );
    this.#environment = sources.environments.variables(sources.environmentName);
    this.#shared = sources.environments.variables("");
    this.#requestStart = block.request?.lineRange.start ?? block.range.end;
    this.#overrideKeys = new Map([...sources.overrides.keys()].map((name) => [name, {}]));
  }

  /** `use` is where the reference stands. */
  find(name: string, context: Context, use: SourceLocation): Definition | ValuePiece | undefined {
    const override = context.without.includes(name) ? undefined : this.#override(name, use);
    return (
      override ??
      this.#prompts.get(name) ??
      context.file.nearest(name, context.from) ??
      this.file.nearest(name, this.#requestStart) ??
      this.#imported(name) ??
      this.#fromEnvironment(this.#environment.get(name))
    );
  }

  /** `{{$shared name}}`: what the environment files give to all environments. */
  findShared(name: string): Definition | undefined {
    return this.#fromEnvironment(this.#shared.get(name));
  }

  get sharedNames(): Iterable<string> {
    return this.#shared.keys();
  }

  /** All names in the order of look-up, each with where it comes from. */
  known(): readonly KnownName[] {
    const inFile = (file: VariableFile) =>
      [...file.names].map((name) => {
        const place = file.nearest(name, Number.POSITIVE_INFINITY)?.context.place({ start: 0, end: 0 });
        return { name, origin: `is defined in line ${place?.line} of ${file.shown}` };
      });
    return [
      ...[...this.#sources.overrides.keys()].map((name) => ({
        name,
        origin: "is set by the line that runs the request",
      })),
      ...[...this.#prompts.keys()].map((name) => ({ name, origin: "is what the request asks for" })),
      ...inFile(this.file),
      ...this.#imports.flatMap(inFile),
      ...[...this.#environment.values()].map(({ name, environment, location }) => ({
        name,
        origin: `is defined in ${environment} of ${location.file}`,
      })),
    ];
  }

  /** Other environments that define the name. */
  environmentsWith(name: string): readonly string[] {
    const { environments } = this.#sources;
    return environments.names.filter((environment) => environments.variables(environment).has(name));
  }

  #override(name: string, use: SourceLocation): Definition | undefined {
    const text = this.#sources.overrides.get(name);
    const key = this.#overrideKeys.get(name);
    if (text === undefined || !key) return undefined;
    const context: Context = { file: this.file, from: this.#requestStart, place: () => use, without: [name] };
    return { name, text, key, context, hasEscapes: true, isPrivate: false, provider: undefined };
  }

  /** Below an import all of the imported file counts: its last definition. */
  #imported(name: string): Definition | undefined {
    for (const file of this.#imports) {
      const definition = file.nearest(name, Number.POSITIVE_INFINITY);
      if (definition) return definition;
    }
    return undefined;
  }

  /** Its references are looked up as those of the request are. */
  #fromEnvironment(variable: EnvironmentVariable | undefined): Definition | undefined {
    if (!variable) return undefined;
    const { name, value: text, isPrivate, provider, location } = variable;
    const context: Context = { file: this.file, from: this.#requestStart, place: () => location, without: [] };
    return { name, text, key: variable, context, hasEscapes: false, isPrivate, provider };
  }
}
