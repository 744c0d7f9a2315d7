import { type RequestFile, scanReferences, type VariableDefinition } from "../syntax/index.ts";

/** More references than the start of any URL needs; variables that use each other often could ask for far more. */
const mostExpansions = 100;

/** The variable definitions of a file, found by name and place. */
export class Definitions {
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

  /** What a reference at `offset` takes: the last definition that starts above it, else the first one below. */
  nearest(name: string, offset: number): VariableDefinition | undefined {
    const named = this.#byName.get(name) ?? [];
    let low = 0;
    let high = named.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((named[middle]?.range.start ?? offset) < offset) low = middle + 1;
      else high = middle;
    }
    return named[low - 1] ?? named[0];
  }

  /** The text with the variables of the file put in. References to anything else, and those beyond a limit, stay. */
  expand(text: string, offset: number): string {
    return this.#expand(text, offset, { left: mostExpansions });
  }

  #expand(text: string, offset: number, budget: { left: number }): string {
    let result = "";
    let end = 0;
    for (const { range, kind, name } of scanReferences(text)) {
      const definition = kind === "variable" ? this.nearest(name.text, offset) : undefined;
      if (!definition || budget.left === 0) continue;
      budget.left--;
      const value = this.#expand(definition.value.text, definition.range.start, budget);
      result += text.slice(end, range.start) + value;
      end = range.end;
    }
    return result + text.slice(end);
  }
}
