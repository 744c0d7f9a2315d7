import type { RequestBlock } from "../../syntax/index.ts";
import type { ReferenceSite } from "../reference-sites.ts";
import { asksForVariable, type RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";

/** A request that uses the response of another one has a value only after that one was sent. */
export function checkMissingRefs(context: RuleContext, report: Report): void {
  if (context.references.every(({ reference }) => reference.kind !== "response")) return;
  for (const { block, sites } of context.requests) {
    const sentBefore = namesSentBefore(block);
    const seen = new Set<string>();
    for (const { name, site } of exchangesUsed(context, sites)) {
      if (sentBefore.has(name) || seen.has(name) || !context.requestNames.has(name)) continue;
      if (name === block.name?.text) continue;
      seen.add(name);
      report(
        site.range,
        `This needs the response of "${name}", which must be sent before. Write "# @ref ${name}" above the request line, and it is.`,
        { requestName: name },
      );
    }
  }
}

function namesSentBefore({ directives, runs }: RequestBlock): ReadonlySet<string> {
  const refs = directives.filter(({ name }) => name.text === "ref" || name.text === "force-ref");
  return new Set([...refs.map(({ value }) => value.text), ...runs.flatMap(({ name }) => (name ? [name.text] : []))]);
}

/** Also those that stand in the values of variables, one step away: the place is that in the request. */
function exchangesUsed(
  context: RuleContext,
  sites: readonly ReferenceSite[],
): readonly { readonly name: string; readonly site: ReferenceSite }[] {
  return sites.flatMap((site) => {
    const { reference, from } = site;
    if (reference.kind === "response") return { name: reference.name.text, site };
    const definition = asksForVariable(reference) ? context.definitions.nearest(reference.name.text, from) : undefined;
    if (!definition) return [];
    return context
      .sitesOf(definition)
      .filter((inner) => inner.reference.kind === "response")
      .map((inner) => ({ name: inner.reference.name.text, site }));
  });
}
