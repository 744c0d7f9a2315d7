import { runSuites } from "./mocha-run.ts";
import { activation } from "./suites/activation.ts";
import { language } from "./suites/language.ts";
import { sending } from "./suites/sending.ts";

/** VS Code calls this in its extension host. The first suite must find the extension asleep. */
export function run(): Promise<void> {
  return runSuites([activation, language, sending]);
}
