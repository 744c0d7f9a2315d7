import { scanReferences, type VariableDefinition } from "../../syntax/index.ts";
import type { Definitions } from "../definitions.ts";
import type { Report, RuleContext } from "./rule.ts";

/** Definitions that need their own value. Reported once for each way round, at the definition met first. */
export function checkVariableCycles({ definitions }: RuleContext, report: Report): void {
  const finished = new Set<VariableDefinition>();
  for (const start of definitions.all) {
    // An explicit stack: a chain of definitions may be longer than the call stack.
    const path: Step[] = [];
    const onPath = new Set<VariableDefinition>();
    const enter = (definition: VariableDefinition) => {
      path.push({ definition, uses: usesOf(definition, definitions) });
      onPath.add(definition);
    };
    if (!finished.has(start)) enter(start);
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const used = step.uses.pop();
      if (!used) {
        path.pop();
        onPath.delete(step.definition);
        finished.add(step.definition);
      } else if (onPath.has(used)) {
        const way = path.slice(path.findIndex(({ definition }) => definition === used));
        const names = [...way.map(({ definition }) => definition.name.text), used.name.text].join(" → ");
        report(
          used.name.range,
          `The value of "${used.name.text}" needs itself: ${names}. Give one of them a value of its own.`,
        );
      } else if (!finished.has(used)) {
        enter(used);
      }
    }
  }
}

interface Step {
  readonly definition: VariableDefinition;
  /** Still to be looked at, the first one last. */
  readonly uses: VariableDefinition[];
}

function usesOf(definition: VariableDefinition, definitions: Definitions): VariableDefinition[] {
  return scanReferences(definition.value.text)
    .filter(({ kind }) => kind === "variable" || kind === "encoded")
    .flatMap(({ name }) => definitions.nearest(name.text, definition.range.start) ?? [])
    .reverse();
}
