import type { TextRange } from "../../common/range.ts";
import { placeInFile } from "../reference-sites.ts";
import type { RuleContext } from "./context.ts";
import { NearNames } from "./near-names.ts";
import type { Report } from "./rule.ts";

/** References, `@ref` and `run` lines that name a request which neither this file nor its imports hold. */
export function checkRequestNames(context: RuleContext, report: Report): void {
  if (!context.importsAreKnown) return;
  const names = context.requestNames;
  const nearNames = new NearNames(() => names);
  const check = (name: string, range: TextRange, nameRange: TextRange) => {
    if (names.has(name)) return;
    const near = nearNames.find(name);
    const advice =
      near === undefined ? `Name the request with "# @name ${name}", or import its file.` : `Did you mean "${near}"?`;
    const details = near === undefined ? {} : { near: { range: nameRange, written: name, text: near } };
    report(range, `There is no request named "${name}". ${advice}`, details);
  };
  for (const site of context.references) {
    const { kind, name } = site.reference;
    if (kind === "response") check(name.text, site.range, placeInFile(site, name));
  }
  for (const { directives, runs } of context.file.blocks) {
    for (const { name, value } of directives) {
      if ((name.text === "ref" || name.text === "force-ref") && value.text !== "") {
        check(value.text, value.range, value.range);
      }
    }
    for (const { path, name } of runs) if (!path && name) check(name.text, name.range, name.range);
  }
}
