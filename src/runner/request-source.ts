import type { Exchange } from "./exchange.ts";
import { isNoLog, type Target } from "./target.ts";

/** What the file says of a block that is sent: shown where there is no prepared request. */
export function requestSource({ file, block }: Target): Exchange["source"] {
  const { request, runs, range } = block;
  const noLog = isNoLog(block) ? { noLog: true } : {};
  const [run] = runs;
  if (!request && run) {
    const text = file.parsed.text.slice(run.range.start, run.range.end);
    return {
      name: block.name?.text,
      method: "run",
      url: text.replace(/^run[ \t]+/, ""),
      file: file.shown,
      line: file.locate(run.range).line,
      ...noLog,
    };
  }
  const start = request?.lineRange.start ?? range.start;
  return {
    name: block.name?.text,
    method: request?.method?.text ?? "GET",
    url: request?.url.text ?? "",
    file: file.shown,
    line: file.locate({ start, end: start }).line,
    ...noLog,
  };
}
