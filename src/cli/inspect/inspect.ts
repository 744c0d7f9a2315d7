import { join } from "node:path";
import type { Engine } from "../../engine/contract.ts";
import type { InspectionView } from "../../protocol/inspection-view.ts";
import { checkEnvironmentName } from "../environment-name.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "../exit-code.ts";
import { prettyJson } from "../json-lines.ts";
import { type Channel, reportDiagnostics } from "../reporter.ts";
import type { InspectCommand } from "./arguments.ts";
import { renderInspection } from "./render.ts";

export interface InspectContext {
  readonly cwd: string;
  readonly version: string;
  readonly out: Channel;
  readonly diagnostics: Channel;
  readonly engine: Engine;
  readonly signal: AbortSignal;
}

/** `padlock inspect`: a handshake with what the settings of the current folder say of the host, and its report. */
export async function inspect(
  { host, port, serverName, environment, json }: InspectCommand,
  { cwd, version, out, diagnostics, engine, signal }: InspectContext,
): Promise<ExitCode> {
  const path = join(cwd, "requests.https");
  const unknownEnvironment = await checkEnvironmentName(environment, [{ path, shown: "this folder" }], cwd, undefined);
  if (unknownEnvironment) {
    await reportDiagnostics([unknownEnvironment], diagnostics);
    return exitCodes.wrongInput;
  }
  const settings = await engine.findSettings(path);
  const view = await engine.inspect({
    host,
    port,
    serverName,
    settings,
    // Whoever runs a command in a folder says so by that.
    trusted: true,
    environmentName: environment,
    signal,
  });
  await out.output.write(json ? jsonOf(view, version) : renderInspection(view, out.style));
  await engine.close();
  return view.failure ? exitCodeOf(view.failure.code) : exitCodes.passed;
}

function jsonOf(view: InspectionView, version: string): string {
  return prettyJson({ padlock: version, ...view });
}
