import { placeInFile } from "../reference-sites.ts";
import type { RuleContext } from "./context.ts";
import { NearNames } from "./near-names.ts";
import type { Report } from "./rule.ts";

/** `{{$dotenv NAME}}` with a name that no `.env` file sets. */
export function checkDotenvNames({ known, references }: RuleContext, report: Report): void {
  const { dotenvNames } = known;
  if (!dotenvNames) return;
  const names = new Set(dotenvNames);
  const nearNames = new NearNames(() => names);
  for (const site of references) {
    const { kind, name } = site.reference;
    if (kind !== "dotenv" || names.has(name.text)) continue;
    const near = nearNames.find(name.text);
    const advice = near === undefined ? "Add it there." : `Did you mean "${near}"?`;
    const details =
      near === undefined ? {} : { near: { range: placeInFile(site, name), written: name.text, text: near } };
    report(
      site.range,
      `No ".env" file of this folder sets "${name.text}", so the request is not sent. ${advice}`,
      details,
    );
  }
}
