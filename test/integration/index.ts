import { runSuites } from "./mocha-run.ts";
import { activation } from "./suites/activation.ts";
import { conversion } from "./suites/conversion.ts";
import { cookies } from "./suites/cookies.ts";
import { editing } from "./suites/editing.ts";
import { environments } from "./suites/environments.ts";
import { history } from "./suites/history.ts";
import { inspecting } from "./suites/inspecting.ts";
import { language } from "./suites/language.ts";
import { moveSecret } from "./suites/move-secret.ts";
import { sending } from "./suites/sending.ts";
import { virtual } from "./suites/virtual.ts";

/** VS Code calls this in its extension host. The first suite must find the extension asleep. */
export function run(): Promise<void> {
  return runSuites([
    activation,
    conversion,
    language,
    editing,
    environments,
    moveSecret,
    sending,
    history,
    cookies,
    inspecting,
    virtual,
  ]);
}
