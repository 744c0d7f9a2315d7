import { plural } from "../../common/units.ts";
import { scanDynamicArguments } from "../../syntax/dynamic-arguments.ts";
import { type DynamicValue, dynamicValues, findDynamicValue } from "../../syntax/dynamic-values.ts";
import type { Reference } from "../../syntax/index.ts";
import { placeInFile } from "../reference-sites.ts";
import type { RuleContext } from "./context.ts";
import { NearNames } from "./near-names.ts";
import type { Report } from "./rule.ts";

const names = dynamicValues.filter(({ place }) => place === "anywhere").map(({ name }) => name);

/** `{{$…}}` with a name that nothing makes a value for. */
export function checkDynamicNames({ references }: RuleContext, report: Report): void {
  const nearNames = new NearNames(() => names);
  for (const site of references) {
    const { kind, name } = site.reference;
    if (kind !== "dynamic") continue;
    const known = findDynamicValue(name.text);
    if (known?.place === "anywhere") continue;
    if (known) {
      report(site.range, `"${name.text}" has a meaning only in environment files, so the request is not sent.`);
      continue;
    }
    const near = nearNames.find(name.text);
    const details =
      near === undefined ? {} : { near: { range: placeInFile(site, name), written: name.text, text: near } };
    report(
      site.range,
      `There is no dynamic value "${name.text}", so the request is not sent.${near === undefined ? "" : ` Did you mean "${near}"?`}`,
      details,
    );
  }
}

/** Arguments that are missing, too many, or cannot be read. */
export function checkDynamicArguments({ references }: RuleContext, report: Report): void {
  // Files repeat the same few expressions.
  const faults = new Map<string, string | undefined>();
  for (const { reference, range } of references) {
    if (reference.kind !== "dynamic") continue;
    const { text } = reference.expression;
    if (!faults.has(text)) faults.set(text, argumentFault(reference));
    const fault = faults.get(text);
    if (fault !== undefined) report(range, fault);
  }
}

function argumentFault({ name, rest }: Reference): string | undefined {
  const value = findDynamicValue(name.text);
  if (value?.place !== "anywhere") return undefined;
  const { arguments: found, problem } = scanDynamicArguments(value.name, rest.text);
  if (problem) return `The arguments of "${value.name}" cannot be read: ${reasons[problem]} ${usage(value)}`;
  if (takes(value.parameters, found.length)) return undefined;
  const count = found.length === 0 ? "no arguments" : plural(found.length, "argument");
  return `"${value.name}" does not take ${count}, so the request is not sent. ${usage(value)}`;
}

const reasons = {
  "open-quote": "a quote is not closed.",
  "open-parenthesis": "a parenthesis is not closed.",
  "empty-argument": "one of them is empty.",
  "text-behind-quote": "something stands directly behind a quote.",
} as const;

function usage({ name, parameters, example }: DynamicValue): string {
  if (parameters === "") return `Write "{{${name}}}".`;
  return `Write "{{${name}${parameters.startsWith("(") ? "" : " "}${parameters}}}", as in "{{${example}}}".`;
}

/** Reads the table's notation: `user password`, `[min max]`, `[(min, max)]`, `text …`, `a | b`. */
function takes(parameters: string, count: number): boolean {
  const optional = [...parameters.matchAll(/\[([^\]]*)\]/g)].map(([, group = ""]) => sizeOf(group));
  const required = sizeOf(parameters.replaceAll(/\[[^\]]*\]/g, " "));
  if (parameters.includes("…")) return count >= required;
  let counts = [required];
  for (const size of optional) counts = [...counts, ...counts.map((sum) => sum + size)];
  return counts.includes(count);
}

/** Words, those with `|` between them as one. */
function sizeOf(group: string): number {
  const words = group.replaceAll(/\s*\|\s*/g, "|").replaceAll(/[(),…]/g, " ");
  return words.split(/\s+/).filter((word) => word !== "").length;
}
