import type { LogOutputChannel } from "vscode";
import type { ExchangeView } from "../protocol/exchange-view.ts";
import { logLines } from "../protocol/log-line.ts";

/** Writes what `--log` writes on the command line, each line at its level. */
export function logExchange(exchange: ExchangeView, log: Pick<LogOutputChannel, "info" | "warn" | "error">): void {
  for (const { level, text } of logLines(exchange)) log[level](text);
}
