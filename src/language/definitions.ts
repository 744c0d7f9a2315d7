import { type RequestFile, scanReferences, type VariableDefinition } from "../syntax/index.ts";

/** More than the start of any URL needs; variables that use each other often could ask for far more. */
const limits = { expansions: 100, characters: 10_000 };

const byFile = new WeakMap<RequestFile, Definitions>();

/** The file's definitions, collected once however many features ask for them. */
export function definitionsOf(file: RequestFile): Definitions {
  let definitions = byFile.get(file);
  if (!definitions) {
    definitions = new Definitions(file);
    byFile.set(file, definitions);
  }
  return definitions;
}

/** The variable definitions of a file, found by name and place. */
class Definitions {
  /** In the order of the file. */
  readonly all: readonly VariableDefinition[];
  readonly #byName = new Map<string, VariableDefinition[]>();

  constructor(file: RequestFile) {
    this.all = file.blocks.flatMap((block) => block.variables);
    for (const definition of this.all) {
      const named = this.#byName.get(definition.name.text);
      if (named) named.push(definition);
      else this.#byName.set(definition.name.text, [definition]);
    }
  }

  get names(): Iterable<string> {
    return this.#byName.keys();
  }

  /** True for a name whose references all take the same definition, or none, wherever they stand. */
  isUnambiguous(name: string): boolean {
    return (this.#byName.get(name)?.length ?? 0) <= 1;
  }

  /** What a reference at `offset` takes: the last definition that starts above it, else the first one below. */
  nearest(name: string, offset: number): VariableDefinition | undefined {
    const named = this.#byName.get(name);
    if (!named) return undefined;
    let low = 0;
    let high = named.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((named[middle]?.range.start ?? offset) < offset) low = middle + 1;
      else high = middle;
    }
    return named[low - 1] ?? named[0];
  }

  /**
   * The text with the variables of the file put in, and with what `elsewhere` knows of the names that it does not
   * define. References to anything else, and those beyond a limit, stay.
   */
  expand(text: string, offset: number, elsewhere: (name: string) => string | undefined): string {
    return this.#expand(text, offset, elsewhere, { left: limits.expansions });
  }

  #expand(
    text: string,
    offset: number,
    elsewhere: (name: string) => string | undefined,
    budget: { left: number },
  ): string {
    let result = "";
    let end = 0;
    for (const { range, kind, name } of scanReferences(text)) {
      if (kind !== "variable" || budget.left === 0 || result.length > limits.characters) continue;
      const definition = this.nearest(name.text, offset);
      const value = definition ? definition.value.text : elsewhere(name.text);
      if (value === undefined) continue;
      budget.left--;
      const from = definition ? definition.range.start : Number.POSITIVE_INFINITY;
      result += text.slice(end, range.start) + this.#expand(value, from, elsewhere, budget);
      end = range.end;
    }
    return result + text.slice(end);
  }
}
