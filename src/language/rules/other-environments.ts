import type { RuleContext } from "./context.ts";
import type { Report } from "./rule.ts";
import { missingVariables } from "./variable-lookup.ts";

/** References that would have a value if another environment were chosen. */
export function checkOtherEnvironments(context: RuleContext, report: Report): void {
  const active = context.known.environment?.name ?? "";
  for (const { site, name, environments } of missingVariables(context)) {
    if (environments.length === 0) continue;
    const where = `${environments.length === 1 ? "the environment" : "the environments"} ${environments.join(", ")}`;
    const now = active === "" ? "no environment is chosen" : `the chosen one is ${active}`;
    report(site.range, `"${name}" is defined in ${where}, but ${now}. Choose one that defines it.`);
  }
}
