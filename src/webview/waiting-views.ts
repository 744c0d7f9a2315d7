import type { Context } from "./context.ts";
import { button } from "./controls.ts";
import { h } from "./dom.ts";
import { target } from "./header-strip.ts";
import { icon } from "./icons.ts";

/** Before the first request: what to do. */
export function emptyView(): HTMLElement {
  return h(
    "div",
    { class: "empty" },
    h("span", { class: "empty-icon" }, icon("lock")),
    h("h1", {}, "No response yet"),
    h(
      "p",
      {},
      "Open a ",
      h("span", { class: "mono" }, ".https"),
      " file and click ",
      h("strong", {}, "Send"),
      " above a request.",
    ),
    h("p", { class: "muted" }, "The response, its connection and its certificates appear here."),
  );
}

export interface RunningRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  /** Milliseconds that it has run already. */
  readonly elapsed: number;
  readonly isAsking?: boolean;
}

/** A request on its way, with a clock. `stop` ends the clock. */
export function runningView(
  request: RunningRequest,
  context: Context,
): { readonly element: HTMLElement; stop(): void } {
  const clock = h("span", { class: "elapsed" });
  const began = performance.now() - request.elapsed;
  const tick = () => {
    clock.textContent = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  };
  tick();
  const timer = setInterval(tick, 100);
  const cancel = button({ label: "Cancel", icon: "stop", className: "secondary", testId: "cancel" }, () =>
    context.post({ type: "cancel", id: request.id }),
  );
  cancel.title = "Cancel (Escape)";
  const isAsking = request.isAsking ?? false;
  const element = h(
    "header",
    { class: `strip level-${isAsking ? "neutral" : "info"}` },
    h(
      "div",
      { class: "strip-top" },
      h(
        "h1",
        { class: "headline" },
        isAsking ? h("span", { class: "status-icon" }, icon("key")) : h("span", { class: "spinner" }),
        h("span", { class: "status", "data-testid": "status" }, isAsking ? "Waiting for your answer" : "Sending…"),
      ),
      cancel,
    ),
    h("p", {}, target(request.method, request.url)),
    h(
      "ul",
      { class: "facts" },
      !isAsking && h("li", {}, clock),
      h("li", {}, isAsking ? "nothing is sent until then" : "waiting for the response"),
    ),
    !isAsking && h("div", { class: "progress" }),
  );
  return { element, stop: () => clearInterval(timer) };
}
