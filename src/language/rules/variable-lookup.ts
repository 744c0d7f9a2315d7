import type { ReferenceSite } from "../reference-sites.ts";
import type { RuleContext } from "./context.ts";
import { isInForce } from "./known-facts.ts";

interface MissingVariable {
  readonly site: ReferenceSite;
  readonly name: string;
  /** Environments that are not active and define the name. */
  readonly environments: readonly string[];
}

/** References that neither the file nor its imports, questions or the active environment give a value. */
export function missingVariables(context: RuleContext): readonly MissingVariable[] {
  let missing = missingByContext.get(context);
  if (!missing) {
    missing = findMissing(context);
    missingByContext.set(context, missing);
  }
  return missing;
}

/** Two rules ask for them. */
const missingByContext = new WeakMap<RuleContext, readonly MissingVariable[]>();

function findMissing(context: RuleContext): readonly MissingVariable[] {
  const { environment, imported } = context.known;
  if (!environment || !context.importsAreKnown) return [];
  const elsewhere = new Map<string, string[]>();
  const inForce = new Set<string>();
  for (const variable of environment.variables) {
    if (isInForce(variable, environment.name)) inForce.add(variable.name);
    else elsewhere.set(variable.name, [...(elsewhere.get(variable.name) ?? []), variable.environment]);
  }
  return context.uses.flatMap(({ site, definition }) => {
    if (definition) return [];
    const name = site.reference.name.text;
    if (inForce.has(name) || imported?.variables.has(name) || context.answered.has(name)) return [];
    return { site, name, environments: elsewhere.get(name) ?? [] };
  });
}

/** What a reference could have meant. */
export function variableNames(context: RuleContext): ReadonlySet<string> {
  const { environment, imported } = context.known;
  const known = environment?.variables.filter((variable) => isInForce(variable, environment.name)) ?? [];
  return new Set([
    ...context.definitions.names,
    ...known.map(({ name }) => name),
    ...(imported?.variables ?? []),
    ...context.answered,
  ]);
}
