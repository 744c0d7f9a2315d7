import type { RuleContext } from "../context.ts";
import type { Report } from "../rule.ts";
import { credentialsInFile } from "./in-file.ts";

/** Credentials that everybody gets who gets the file. The message never repeats one. */
export function checkHardCodedCredentials({ file }: RuleContext, report: Report): void {
  for (const { range, what, move } of credentialsInFile(file)) report(range, messageFor(what, move !== undefined));
}

function messageFor(what: string, canMove: boolean): string {
  const advice = canMove
    ? "Move it to an environment variable and write {{$env.NAME}} here."
    : "Remove it from the file, or keep it in an environment variable.";
  return `This looks like ${what}, and everyone who gets the file gets it too. ${advice} If it was ever shared, replace it with a new one.`;
}
