import { duration, plural } from "../common/units.ts";
import type { ConnectionReport, ExchangeView } from "../protocol/exchange-view.ts";
import { h, svg } from "./dom.ts";
import { icon } from "./icons.ts";
import { type Phase, phases, ticks } from "./phases.ts";

type TimedExchange = Pick<ExchangeView, "timings" | "connection" | "redirects">;

/** Every phase as a number and as a bar, all on one scale, in the order in which they happened. */
export function timingTab({ timings, connection, redirects }: TimedExchange): HTMLElement {
  const reused = connection?.reused ?? false;
  const before = redirects.reduce((sum, hop) => sum + hop.timings.total, 0);
  const rows = phases(timings, before).map((phase) =>
    phase.key === "connect" ? { ...phase, explanation: connecting(connection) ?? phase.explanation } : phase,
  );
  const end = rows.reduce((latest, { start, took }) => Math.max(latest, (start ?? 0) + (took ?? 0)), timings.total);
  const longest = Math.max(...rows.map(({ took }) => took ?? 0));
  return h(
    "div",
    {},
    reused &&
      h(
        "div",
        { class: "note level-info" },
        icon("info"),
        h("span", {}, "Reused connection: no look-up, no connect, no handshake."),
      ),
    h(
      "table",
      { class: "timing" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, "Phase"),
          h("th", { scope: "col", class: "number" }, "Time"),
          h("th", { scope: "col" }, scale(end)),
        ),
      ),
      h("tbody", {}, ...rows.map((phase) => phaseRow(phase, end, phase.took === longest && longest > 0, reused))),
      h(
        "tfoot",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "row" }, "Total"),
          h("td", { class: "number" }, duration(timings.total)),
          h("td", {}, stack(rows, end)),
        ),
      ),
    ),
  );
}

/** What connecting was, where it was more than one TCP connection to the first address. */
function connecting(connection: ConnectionReport | null): string | undefined {
  if (!connection || connection.reused) return undefined;
  if (connection.socketPath !== null) return "opening the Unix socket";
  const failed = connection.attempts.filter(({ outcome }) => outcome === "failed" || outcome === "timed out").length;
  const tried = failed > 0 ? `, after ${plural(failed, "failed attempt")}` : "";
  return `opening the ${connection.proxy ? "way through the proxy" : "TCP connection"}${tried}`;
}

function phaseRow(
  { key, name, explanation, start, took }: Phase,
  end: number,
  slowest: boolean,
  reused: boolean,
): HTMLElement {
  const happened = start !== null && took !== null;
  return h(
    "tr",
    { class: happened ? null : "absent" },
    h("th", { scope: "row" }, name, h("span", { class: "muted explanation" }, explanation)),
    h("td", { class: slowest ? "number slowest" : "number" }, happened ? duration(took) : "–"),
    h(
      "td",
      {},
      happened
        ? bar(start, took, end, `phase-${key}`)
        : h("span", { class: "muted" }, reused ? "not needed: connection reused" : "did not happen"),
    ),
  );
}

function bar(start: number, took: number, end: number, className: string): SVGElement {
  return chart(end, className, [
    // A phase too short for its own pixel still shows as a line.
    svg("line", { class: "bar-start", x1: percent(start, end), x2: percent(start, end), y1: 5, y2: 17 }),
    svg("rect", { x: percent(start, end), y: 5, width: percent(took, end), height: 12, rx: 2 }),
  ]);
}

/** All phases in one bar: the whole at a glance. */
function stack(rows: readonly Phase[], end: number): SVGElement {
  const parts = rows.flatMap(({ key, start, took }) =>
    start === null || took === null
      ? []
      : [svg("rect", { class: `phase-${key}`, x: percent(start, end), y: 5, width: percent(took, end), height: 12 })],
  );
  return chart(end, "stack", parts);
}

function chart(end: number, className: string, marks: readonly SVGElement[]): SVGElement {
  return svg(
    "svg",
    { class: `bar ${className}`, "aria-hidden": "true", focusable: "false" },
    ...ticks(end).map((time) =>
      svg("line", { class: "grid", x1: percent(time, end), x2: percent(time, end), y1: 0, y2: "100%" }),
    ),
    ...marks,
  );
}

/** Percentages are attributes of the SVG, which the page's policy allows; it forbids style attributes. */
function percent(time: number, end: number): string {
  return `${end > 0 ? ((time / end) * 100).toFixed(3) : 0}%`;
}

function scale(end: number): HTMLElement {
  const marks = ticks(end);
  return h(
    "span",
    { class: "scale" },
    h("span", { class: "visually-hidden" }, "Course"),
    svg(
      "svg",
      { class: "scale-marks", "aria-hidden": "true", focusable: "false" },
      ...marks.map((time, index) =>
        svg(
          "text",
          { x: percent(time, end), y: 11, "text-anchor": index === 0 ? "start" : time / end > 0.94 ? "end" : "middle" },
          time === 0 ? "0" : duration(time).replace(".0", ""),
        ),
      ),
    ),
  );
}
