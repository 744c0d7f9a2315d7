import type { Engine, RawSettings } from "../engine/contract.ts";
import type { ExchangeView } from "../protocol/exchange-view.ts";
import { shownFile } from "../settings/shown-file.ts";
import { secretPromptNames } from "../syntax/index.ts";
import type { RunCommand } from "./arguments.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { checkEnvironmentName } from "./environment-name.ts";
import type { ExitCode } from "./exit-code.ts";
import { type ExchangeLog, openExchangeLog } from "./log/exchange-log.ts";
import { type Channel, type Reporter, reportDiagnostics } from "./reporter.ts";
import { type LoadedFile, loadRequestFiles } from "./request-files.ts";
import { type SelectedRequest, type Selection, selectRequests } from "./selection.ts";
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
  if (plan.requests.length + plan.skipped.length === 0) return refuse(plan.problems.length, context);
  const log = await openExchangeLog(command.log, context.cwd, context.diagnostics);
  if (!log.ok) {
    await reportDiagnostics([log.error], context.diagnostics);
    return refuse(plan.problems.length + 1, context);
  }
  const engine = await context.loadEngine();
  try {
    return await sendAll(plan, command, engine, { ...context, log: log.value });
  } finally {
    await engine.close();
  }
}

async function refuse(problems: number, { reporter }: RunContext): Promise<ExitCode> {
  const summary = refusedSummary(problems);
  await reporter.end(summary);
  return summary.exitCode;
}

interface Plan extends Selection {
  /** Where there is nothing to send, these tell why. */
  readonly problems: readonly Diagnostic[];
}

async function planRun(command: RunCommand, cwd: string): Promise<Plan> {
  const refused = (problems: readonly Diagnostic[]): Plan => ({ requests: [], skipped: [], problems });
  const { files, problems } = await loadRequestFiles(command.paths, cwd);
  if (problems.length > 0) return refused(problems);

  const unknownEnvironment = await checkEnvironmentName(command.environment, files, cwd, command.person);
  if (unknownEnvironment) return refused([unknownEnvironment]);
  const stray = files.flatMap(checkBlocksWithoutRequest);
  const selected = selectRequests(files, command.names);
  if (!selected.ok) return refused([...stray, ...selected.error]);
  // As in the editor, a broken block does not keep a request that was asked for by name from being sent.
  return { ...selected.value, problems: command.names.length > 0 ? [] : stray };
}

async function sendAll(
  { requests, skipped, problems }: Plan,
  { environment, variables, person }: RunCommand,
  engine: Engine,
  { reporter, diagnostics, signal, log }: RunContext & { readonly log: ExchangeLog },
): Promise<ExitCode> {
  const tally = new Tally(requests.length, problems.length, skipped.length);
  const settingsOf = new Map<LoadedFile, RawSettings>();
  const secretVariables = secretPromptNames(requests.flatMap(({ file }) => file.parsed.blocks));
  const sentBefore = new Set<string>();
  for (const request of requests) {
    if (signal.aborted) break;
    const { file, block } = request;
    const settings = settingsOf.get(file) ?? { ...(await engine.findSettings(file.path)), ...(person && { person }) };
    settingsOf.set(file, settings);
    // Sent already, because a request above needed it.
    if (sentBefore.has(placeOf(request, settings))) {
      tally.passOver();
      continue;
    }
    let reported: Promise<void> = Promise.resolve();
    const report = (view: ExchangeView) => {
      sentBefore.add(viewPlace(view, settings));
      reported = reported.then(() => log.add(view)).then(() => reporter.exchange(view, settings.root));
    };
    const view = await engine.run({
      text: file.parsed.text,
      file: file.path,
      block,
      settings,
      // Whoever runs a command in a folder says so by that.
      trusted: true,
      environmentName: environment,
      variables,
      secretVariables,
      signal,
      ...(reporter.events && {
        onEvents: (text, live) => {
          const print = () => reporter.events?.(text, live, settings.root);
          reported = reported.then(print);
        },
      }),
      onExchange: (before) => {
        tally.addBefore(before);
        report(before);
      },
    });
    tally.add(view);
    report(view);
    await reported;
  }
  await reporter.skipped(skipped);
  const gap = await log.end();
  if (gap) {
    await reportDiagnostics([gap], diagnostics);
    tally.addProblem();
  }
  const summary = tally.summary();
  await reporter.end(summary);
  return summary.exitCode;
}

function placeOf({ file, line }: SelectedRequest, { root }: RawSettings): string {
  return JSON.stringify([root, shownFile(root, file.path), line]);
}

function viewPlace({ request }: ExchangeView, { root }: RawSettings): string {
  return JSON.stringify([root, request.file, request.line]);
}
