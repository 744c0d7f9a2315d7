import { ok, type Result } from "../../common/result.ts";
import type { ExchangeView } from "../../protocol/exchange-view.ts";
import { logLines } from "../../protocol/log-line.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { terminalLine } from "../render/terminal-text.ts";
import type { Channel } from "../reporter.ts";
import { type LogFile, logIncomplete, openLogFile } from "./log-file.ts";

/** `--log`: a line for each exchange as soon as it is over. */
export interface ExchangeLog {
  add(view: ExchangeView): Promise<void>;
  /** @returns what kept it from being complete */
  end(): Promise<Diagnostic | undefined>;
}

/** What `--log -` stands for. */
const standardError = "-";

/** `target`: a path, `-` for standard error, or undefined for no log. Warnings go to `diagnostics`. */
export async function openExchangeLog(
  target: string | undefined,
  cwd: string,
  diagnostics: Channel,
): Promise<Result<ExchangeLog, Diagnostic>> {
  if (target === undefined) return ok({ add: async () => {}, end: async () => undefined });
  if (target === standardError) return ok(streamLog(diagnostics));
  const file = await openLogFile(target, cwd);
  if (!file.ok) return file;
  const { warning } = file.value;
  if (warning) await diagnostics.output.write(`${diagnostics.style.yellow("Warning:")} ${terminalLine(warning)}\n`);
  return ok(fileLog(target, file.value));
}

function streamLog({ output }: Channel): ExchangeLog {
  return {
    add: async (view) => {
      for (const { text } of logLines(view)) await output.write(`${terminalLine(text)}\n`);
    },
    end: async () => undefined,
  };
}

/** After the first line that could not be written no other is tried: a log with a hole would look complete. */
function fileLog(target: string, file: LogFile): ExchangeLog {
  const format = /\.(jsonl|ndjson)$/i.test(target) ? "json" : "logfmt";
  let problem: Diagnostic | undefined;
  const attempt = async (action: () => Promise<void>) => {
    try {
      if (!problem) await action();
    } catch (error) {
      problem ??= logIncomplete(target, error);
    }
  };
  return {
    add: async (view) => {
      for (const { text } of logLines(view, format)) await attempt(() => file.append(text));
    },
    end: async () => {
      await file.close().catch((error: unknown) => {
        problem ??= logIncomplete(target, error);
      });
      return problem;
    },
  };
}
