import { resolve } from "node:path";
import type { ExchangeView } from "../protocol/exchange-view.ts";
import { shownFile } from "../settings/shown-file.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Output } from "./output.ts";
import { renderExchange } from "./render/exchange.ts";
import { renderFailure } from "./render/failure.ts";
import type { Style } from "./render/style.ts";
import { renderSummary } from "./render/summary.ts";
import { terminalJson, terminalLine } from "./render/terminal-text.ts";
import type { SelectedRequest } from "./selection.ts";
import { renderStreamEnd, StreamPrinter } from "./stream-printer.ts";
import type { Summary } from "./summary.ts";

/** Where the results of a run go, as they come in. */
export interface Reporter {
  /** `root`: the absolute folder that the view's paths start from. */
  exchange(view: ExchangeView, root: string): Promise<void>;
  /** The text of an event stream as it comes; its exchange is told of with `exchange` when it has ended. */
  events?(text: string, view: () => ExchangeView, root: string): Promise<void>;
  /** Once, after the exchanges: the requests that were left out. */
  skipped(requests: readonly SelectedRequest[]): Promise<void>;
  /** The last call; without any exchange before it the run was refused as a whole. */
  end(summary: Summary): Promise<void>;
}

/** A stream for a person. */
export interface Channel {
  readonly output: Output;
  readonly style: Style;
}

/** `withTls`: each exchange with the whole report of its connections. */
export function createTextReporter(out: Channel, cwd: string, withTls: boolean): Reporter {
  const stream = new StreamPrinter(out);
  return {
    exchange: (view, root) => {
      const shown = relativeToFolder(view, root, cwd);
      const text = stream.isOf(view) ? renderStreamEnd(shown, out.style) : renderExchange(shown, out.style, withTls);
      stream.end();
      return out.output.write(`${text}\n`);
    },
    events: (text, view) => stream.print(text, view),
    skipped: async (requests) => {
      for (const request of requests) await out.output.write(renderSkipped(request, out.style));
      if (requests.length > 0) await out.output.write("\n");
    },
    end: (summary) =>
      summary.requests + summary.skipped === 0
        ? Promise.resolve()
        : out.output.write(renderSummary(summary, out.style)),
  };
}

/**
 * `{"padlock": version, "exchanges": […], "skipped": […], "summary": {…}}`, one exchange a line, written as they come in so that only
 * one is in memory at a time. Failures are explained on standard error as well, where a person looks.
 */
export function createJsonReporter(out: Channel, diagnostics: Channel, cwd: string, version: string): Reporter {
  const opening = `{"padlock":${JSON.stringify(version)},"exchanges":[`;
  let written = 0;
  let leftOut: readonly { file: string; line: number; name: string | null }[] = [];
  const separator = () => (written++ === 0 ? `${opening}\n` : ",\n");
  return {
    exchange: async (view, root) => {
      await out.output.write(`${separator()}${terminalJson(JSON.stringify(view))}`);
      if (!view.failure) return;
      await diagnostics.output.write(renderExchange(relativeToFolder(view, root, cwd), diagnostics.style));
    },
    skipped: async (requests) => {
      leftOut = requests.map(({ file, line, name }) => ({ file: file.shown, line, name: name ?? null }));
    },
    end: (summary) => {
      const rest = `"skipped":${terminalJson(JSON.stringify(leftOut))},"summary":${JSON.stringify(summary)}`;
      return out.output.write(`${written === 0 ? opening : "\n"}],${rest}}\n`);
    },
  };
}

export async function reportDiagnostics(problems: readonly Diagnostic[], to: Channel): Promise<void> {
  for (const problem of problems) await to.output.write(`${renderFailure(problem, to.style).join("\n")}\n`);
}

/** "- getUser  api.https:4  skipped: it is @disabled" */
function renderSkipped({ file, line, name }: SelectedRequest, style: Style): string {
  const heading = name === undefined ? "" : `${style.bold(terminalLine(name))}  `;
  return `${style.dim("-")} ${heading}${terminalLine(`${file.shown}:${line}`)}  ${style.dim("skipped: it is @disabled")}\n`;
}

/**
 * The view with its failure's place relative to the current folder instead of the workspace folder: a path that can be
 * clicked in a terminal and opened by the next command.
 */
function relativeToFolder(view: ExchangeView, root: string, cwd: string): ExchangeView {
  const location = view.failure?.location;
  if (!view.failure || !location || root === cwd) return view;
  const file = shownFile(cwd, resolve(root, location.file));
  return { ...view, failure: { ...view.failure, location: { ...location, file } } };
}
