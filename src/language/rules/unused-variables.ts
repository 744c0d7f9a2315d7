import type { RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** Definitions that no reference of the file takes. A file without requests is there to be imported. */
export function checkUnusedVariables(context: RuleContext, report: Report): void {
  if (context.requests.length === 0 || context.definitions.all.length === 0) return;
  const used = context.usedDefinitions();
  // Scripts of other tools read variables by their names; for people who still use them there, they are not unused.
  const inScripts = new Set(
    context.file.blocks.flatMap(({ foreign }) =>
      foreign.flatMap(({ content }) => content.text.match(/[\w.-]+/g) ?? []),
    ),
  );
  for (const definition of context.definitions.all) {
    const { name, range } = definition;
    if (used.has(definition) || inScripts.has(name.text)) continue;
    report(range, `Nothing in this file uses "${name.text}".`);
  }
}
