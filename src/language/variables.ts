import { type RequestBlock, type RequestFile, scanReferences, type VariableDefinition } from "../syntax/index.ts";
import { definitionsOf } from "./definitions.ts";
import { isHidden, withHiddenValues } from "./hidden-values.ts";
import type { ActiveEnvironment, KnownVariable } from "./host.ts";
import { answeredNames, answersOf, type KnownFile, type VariableSource } from "./known-names.ts";

/** A file's definition of a variable. */
export interface FoundDefinition extends KnownFile {
  readonly kind: "definition";
  readonly definition: VariableDefinition;
}

export type FoundVariable =
  | FoundDefinition
  | VariableSource
  | { readonly kind: "environment"; readonly variable: KnownVariable };

/** More than a value that a person can read needs; values that use each other often could ask for far more. */
const limits = { expansions: 100, characters: 10_000 };

/** The variables that a document can name, looked up in the order in which they are when a request is sent. */
export class Variables {
  readonly #files: readonly KnownFile[];
  readonly #captures: ReadonlyMap<string, VariableSource>;
  readonly #environment = new Map<string, KnownVariable>();

  /** `files` as `knownFiles` gives them: the document first. */
  constructor(files: readonly KnownFile[], environment: ActiveEnvironment) {
    const { name: active, variables } = withHiddenValues(environment);
    this.#files = files;
    this.#captures = new Map(
      files.flatMap(({ file }) => [...answeredNames(file)].filter(([, { kind }]) => kind === "capture")),
    );
    for (const source of ["$shared", active]) {
      for (const variable of variables) {
        if (variable.environment === source) this.#environment.set(variable.name, variable);
      }
    }
  }

  /** Those of the active environment and of `$shared`. */
  get environment(): Iterable<KnownVariable> {
    return this.#environment.values();
  }

  /** What a reference at an offset of a file takes; `block` is the one whose questions count. */
  find(name: string, file: RequestFile, offset: number, block?: RequestBlock): FoundVariable | undefined {
    const asked = block && answersOf(block).get(name);
    if (asked?.kind === "prompt") return asked;
    const own = this.#files.find((known) => known.file === file);
    for (const known of own ? [own, ...this.#files] : this.#files) {
      const definition = definitionsOf(known.file).nearest(name, known === own ? offset : Number.POSITIVE_INFINITY);
      if (definition) return { kind: "definition", definition, uri: known.uri, file: known.file };
    }
    const captured = this.#captures.get(name);
    if (captured) return captured;
    const variable = this.#environment.get(name);
    return variable && { kind: "environment", variable };
  }

  /** The text with the values that are known put in. References to all others stay as they are written. */
  expand(text: string, file: RequestFile, offset: number): string {
    return this.#expand(text, file, offset, { left: limits.expansions });
  }

  #expand(text: string, file: RequestFile, offset: number, budget: { left: number }): string {
    let result = "";
    let end = 0;
    for (const { range, kind, name } of scanReferences(text)) {
      if (kind !== "variable" || budget.left === 0 || result.length > limits.characters) continue;
      budget.left--;
      const value = this.#valueOf(this.find(name.text, file, offset), budget);
      if (value === undefined) continue;
      result += text.slice(end, range.start) + value;
      end = range.end;
    }
    return (result + text.slice(end)).slice(0, limits.characters);
  }

  #valueOf(found: FoundVariable | undefined, budget: { left: number }): string | undefined {
    if (found?.kind === "definition") {
      const { definition, file } = found;
      if (file !== this.#files[0]?.file && isHidden(definition.name.text, definition.value.text)) return undefined;
      return this.#expand(definition.value.text, file, definition.range.start, budget);
    }
    if (found?.kind !== "environment" || found.variable.value === undefined) return undefined;
    const [document] = this.#files;
    return document && this.#expand(found.variable.value, document.file, document.file.text.length, budget);
  }
}
