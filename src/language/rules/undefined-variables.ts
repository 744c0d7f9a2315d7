import { placeInFile, type ReferenceSite } from "../reference-sites.ts";
import type { RuleContext } from "./context.ts";
import { NearNames } from "./near-names.ts";
import type { Report } from "./rule.ts";
import { missingVariables, variableNames } from "./variable-lookup.ts";

/** References to names that nothing defines: the request is refused when it is sent. */
export function checkUndefinedVariables(context: RuleContext, report: Report): void {
  const names = new NearNames(() => variableNames(context));
  for (const { site, name, environments } of missingVariables(context)) {
    if (environments.length > 0) continue;
    const near = names.find(name);
    const details =
      near === undefined ? {} : { near: { range: placeInFile(site, site.reference.name), written: name, text: near } };
    report(site.range, `Nothing defines "${name}", so the request is not sent. ${advice(name, near, site)}`, details);
  }
}

function advice(name: string, near: string | undefined, { reference }: ReferenceSite): string {
  const variable = /^(?:process\.)?env\.(.+)$/.exec(name)?.[1];
  if (variable !== undefined) return `For an environment variable write "{{$env.${variable}}}".`;
  if (near !== undefined) return `Did you mean "${near}"?`;
  // An argument of a dynamic value has no braces of its own.
  const isArgument = reference.range.start === reference.expression.range.start;
  const quotes = isArgument ? ", or write it in quotes if the text itself is meant" : "";
  return `Define it above with "@${name} = value"${quotes}.`;
}
