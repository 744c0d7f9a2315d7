import type { VariableDefinition } from "../../syntax/index.ts";
import { asksForVariable, type RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** Longer ways round are cut in the message. */
const mostNamesShown = 10;

/** Definitions that need their own value. Reported once for each way round, at the definition met first. */
export function checkVariableCycles(context: RuleContext, report: Report): void {
  const finished = new Set<VariableDefinition>();
  for (const start of context.definitions.all) {
    // An explicit stack: a chain of definitions may be longer than the call stack.
    const path: Step[] = [];
    const onPath = new Map<VariableDefinition, number>();
    const enter = (definition: VariableDefinition) => {
      onPath.set(definition, path.length);
      path.push({ definition, uses: usesOf(definition, context) });
    };
    if (!finished.has(start)) enter(start);
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const used = step.uses.pop();
      if (!used) {
        path.pop();
        onPath.delete(step.definition);
        finished.add(step.definition);
        continue;
      }
      const from = onPath.get(used);
      if (from !== undefined) {
        const way = path.slice(from, from + mostNamesShown + 1);
        reportCycle(
          way.map(({ definition }) => definition),
          report,
        );
      } else if (!finished.has(used)) {
        enter(used);
      }
    }
  }
}

function reportCycle(way: readonly VariableDefinition[], report: Report): void {
  const [first, ...others] = way;
  if (!first) return;
  const name = first.name.text;
  const shown = way.slice(0, mostNamesShown).map((definition) => definition.name.text);
  if (way.length > mostNamesShown) shown.push("…");
  report(
    first.name.range,
    `The value of "${name}" needs itself: ${[...shown, name].join(" → ")}. Give one of them a value of its own.`,
    {
      related: others.slice(0, mostNamesShown).map((definition) => ({
        range: definition.range,
        message: `"${definition.name.text}" is part of the circle.`,
      })),
    },
  );
}

interface Step {
  readonly definition: VariableDefinition;
  /** Still to be looked at, the first one last. */
  readonly uses: VariableDefinition[];
}

function usesOf(definition: VariableDefinition, context: RuleContext): VariableDefinition[] {
  return context
    .sitesOf(definition)
    .filter(({ reference }) => asksForVariable(reference))
    .flatMap(({ reference, from }) => context.definitions.nearest(reference.name.text, from) ?? [])
    .reverse();
}
