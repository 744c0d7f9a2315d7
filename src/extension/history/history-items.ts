import { duration } from "../../common/units.ts";
import { hostAndPath } from "../../common/url-text.ts";
import { exchangeHeading } from "../panel/panel-title.ts";
import { plain } from "../text.ts";
import type { HistoryEntry } from "./history-entry.ts";

export interface HistoryItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** The name of a VS Code icon. */
  readonly icon: "pass" | "warning" | "error";
}

/** What the list of the history says of an entry; the texts are those of files and servers. */
export function historyItem({ environment, exchange }: HistoryEntry): HistoryItem {
  const { request, response, failure, timings, startedAt } = exchange;
  const { host, path } = hostAndPath(request.url);
  const result = response && !failure ? String(response.status) : (failure?.code ?? "");
  const place = `${request.file}:${request.line}`;
  return {
    label: plain(`${request.method} ${host}${path}`, 100),
    description: plain(`${result} · ${duration(timings.total)}`, 60),
    icon: iconOf(exchange),
    detail: plain([localTime(startedAt), request.name, environment, place].filter(Boolean).join(" · "), 150),
  };
}

/** As the tab of the panel has it. */
function iconOf(exchange: HistoryEntry["exchange"]): HistoryItem["icon"] {
  const { icon } = exchangeHeading(exchange);
  return icon === "ok" ? "pass" : icon === "warning" ? "warning" : "error";
}

/** `2026-11-22 08:14:22`, of this computer's clock. */
function localTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const two = (number: number) => String(number).padStart(2, "0");
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
  return `${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":")}`;
}
