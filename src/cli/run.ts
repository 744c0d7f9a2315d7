import type { Engine, RawSettings } from "../engine/contract.ts";
import type { RunCommand } from "./arguments.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { checkEnvironmentName } from "./environment-name.ts";
import type { ExitCode } from "./exit-code.ts";
import { type Channel, type Reporter, reportDiagnostics } from "./reporter.ts";
import { type LoadedFile, loadRequestFile } from "./request-files.ts";
import { type SelectedRequest, selectRequests } from "./selection.ts";
import { refusedSummary, Tally } from "./summary.ts";
import { checkBlocksWithoutRequest } from "./syntax-check.ts";

export interface RunContext {
  /** Absolute; relative files start from it. */
  readonly cwd: string;
  readonly reporter: Reporter;
  readonly diagnostics: Channel;
  readonly signal: AbortSignal;
  /** Called at most once, and only when there is something to send. */
  readonly loadEngine: () => Promise<Engine>;
}

/** `padlock run`: every file is read and every name is found before the first request is sent. */
export async function run(command: RunCommand, context: RunContext): Promise<ExitCode> {
  const plan = await planRun(command, context.cwd);
  await reportDiagnostics(plan.problems, context.diagnostics);
  if (plan.requests.length === 0) {
    const summary = refusedSummary(plan.problems.length);
    await context.reporter.end(summary);
    return summary.exitCode;
  }
  const engine = await context.loadEngine();
  try {
    return await sendAll(plan, engine, context);
  } finally {
    await engine.close();
  }
}

interface Plan {
  /** Empty: nothing is sent, and `problems` tell why. */
  readonly requests: readonly SelectedRequest[];
  readonly problems: readonly Diagnostic[];
}

async function planRun(command: RunCommand, cwd: string): Promise<Plan> {
  const loaded = await Promise.all(command.files.map((file) => loadRequestFile(file, cwd)));
  const files: LoadedFile[] = [];
  const unreadable: Diagnostic[] = [];
  for (const result of loaded) {
    if (result.ok) files.push(result.value);
    else unreadable.push(result.error);
  }
  if (unreadable.length > 0) return { requests: [], problems: unreadable };

  const refusedEnvironment = await checkEnvironmentName(command.environment, files);
  if (refusedEnvironment) return { requests: [], problems: [refusedEnvironment] };
  const stray = files.flatMap(checkBlocksWithoutRequest);
  const selected = selectRequests(files, command.names);
  if (!selected.ok) return { requests: [], problems: [...stray, ...selected.error] };
  // As in the editor, a broken block does not keep a request that was asked for by name from being sent.
  return { requests: selected.value, problems: command.names.length > 0 ? [] : stray };
}

async function sendAll(
  { requests, problems }: Plan,
  engine: Engine,
  { reporter, signal }: RunContext,
): Promise<ExitCode> {
  const tally = new Tally(requests.length, problems.length);
  const settingsOf = new Map<LoadedFile, RawSettings>();
  for (const { file, block } of requests) {
    if (signal.aborted) break;
    const settings = settingsOf.get(file) ?? (await engine.findSettings(file.path));
    settingsOf.set(file, settings);
    const view = await engine.run({ text: file.parsed.text, file: file.path, block, settings, signal });
    tally.add(view);
    await reporter.exchange(view, settings.root);
  }
  const summary = tally.summary();
  await reporter.end(summary);
  return summary.exitCode;
}
