import manifest from "../../package.json" with { type: "json" };
import { processEnvironment } from "../secrets/environment.ts";
import { type Command, parseArguments } from "./arguments.ts";
import type { CertsCommand } from "./certs/arguments.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { helpTexts } from "./help.ts";
import type { InspectCommand } from "./inspect/arguments.ts";
import { isNodeSupported, oldestNode } from "./node-version.ts";
import { Output } from "./output.ts";
import { createPrompt } from "./prompt.ts";
import { createStyle, wantsColours } from "./render/style.ts";
import { terminalLine, terminalText } from "./render/terminal-text.ts";
import { type Channel, createJsonReporter, createTextReporter } from "./reporter.ts";
import { run } from "./run.ts";

const environment = processEnvironment();

/** Ctrl+C, a stopped job or a reader that has gone cancel the request that is under way. */
const interruption = new AbortController();
const out = openChannel(process.stdout, () => interruption.abort());
const diagnostics = openChannel(process.stderr, () => {});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
    interruption.abort();
  });
}

execute(parseArguments(process.argv.slice(2)))
  .catch(reportInternalError)
  // Everything is written by now; a name lookup that cannot be canceled must not hold the process.
  .then(
    (code) => process.exit(code),
    () => process.exit(exitCodes.internalError),
  );

async function execute(command: Command): Promise<ExitCode> {
  const cwd = process.cwd();
  switch (command.kind) {
    case "help":
      await out.output.write(helpTexts[command.topic]);
      return exitCodes.passed;
    case "version":
      await out.output.write(`${manifest.version}\n`);
      return exitCodes.passed;
    case "usage-error":
      await diagnostics.output.write(`${terminalLine(command.message)}\n${terminalLine(command.hint)}\n`);
      return exitCodes.usage;
    case "list":
      return (await import("./list.ts")).list(command, { cwd, out, diagnostics });
    case "check":
      return (await import("./check/check.ts")).check(command, { cwd, out });
    case "inspect":
      if (!isNodeSupported(process.versions.node)) return refuseNode("inspect");
      return inspectHost(command, cwd);
    case "certs":
      if (!isNodeSupported(process.versions.node)) return refuseNode("certs");
      return makeCertificates(command, cwd);
    case "run":
      if (!isNodeSupported(process.versions.node)) return refuseNode("run");
      return run(command, {
        cwd,
        reporter: command.json
          ? createJsonReporter(out, diagnostics, cwd, manifest.version)
          : createTextReporter(out, cwd, command.tls),
        diagnostics,
        signal: interruption.signal,
        loadEngine,
      });
  }
}

async function inspectHost(command: InspectCommand, cwd: string): Promise<ExitCode> {
  const { inspect } = await import("./inspect/inspect.ts");
  const engine = await loadEngine();
  return inspect(command, { cwd, version: manifest.version, out, diagnostics, engine, signal: interruption.signal });
}

async function makeCertificates(command: CertsCommand, cwd: string): Promise<ExitCode> {
  const { certs } = await import("./certs/certs.ts");
  return certs(command, {
    cwd,
    out,
    diagnostics,
    environment,
    terminal: { input: process.stdin, output: process.stderr },
    onInterrupt: () => interruption.abort(),
  });
}

async function refuseNode(command: "run" | "inspect" | "certs"): Promise<ExitCode> {
  const { node } = process.versions;
  await diagnostics.output.write(`padlock ${command} needs Node.js ${oldestNode} or newer; this is ${node}.\n`);
  return exitCodes.usage;
}

async function loadEngine() {
  const { createEngine } = await import("../engine/index.ts");
  const terminal = { input: process.stdin, output: process.stderr };
  return createEngine({
    environment,
    secret: async (name) => environment.get(name),
    prompt: createPrompt(environment, terminal, () => interruption.abort()),
  });
}

function openChannel(stream: NodeJS.WriteStream, onClosed: () => void): Channel {
  const output = new Output(stream, onClosed);
  return { output, style: createStyle(wantsColours(output, environment.get)) };
}

/** A fault of padlock itself. Its message may quote anything, a secret too, so only its kind and place are shown. */
async function reportInternalError(error: unknown): Promise<ExitCode> {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  const kind = error instanceof Error ? error.name : typeof error;
  const text = [
    `padlock stopped because of a fault of its own (${kind}). Please report it with these lines:`,
    ...frames,
  ];
  await diagnostics.output.write(`${terminalText(text.join("\n"))}\n`);
  return exitCodes.internalError;
}
