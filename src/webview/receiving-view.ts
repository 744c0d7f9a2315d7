import { duration } from "../common/units.ts";
import type { ExchangeView, ResponseView } from "../protocol/exchange-view.ts";
import { bodyNodes } from "./body-tab.ts";
import type { Context, TabId } from "./context.ts";
import { button } from "./controls.ts";
import { h } from "./dom.ts";
import { headerStrip } from "./header-strip.ts";
import { responseView } from "./response-view.ts";
import type { Tabs } from "./tabs.ts";

/** A response that is still coming in: all tabs of a response, a clock, and Cancel in the place of Send again. */
export class ReceivingView {
  /** Of the run, not of the exchange. */
  readonly id: string;
  readonly tabs: Tabs<TabId>;
  readonly element: HTMLElement;
  readonly #context: Context;
  readonly #strip = h("div", {});
  readonly #body = h("div", { "data-testid": "body", class: "body" });
  readonly #cancel: HTMLElement;
  readonly #clock: ReturnType<typeof setInterval>;
  #elapsed = h("span", {});
  #began = 0;

  constructor(
    id: string,
    exchange: ExchangeView,
    response: ResponseView,
    selected: TabId,
    onSelect: (tab: TabId) => void,
    context: Context,
  ) {
    this.id = id;
    this.#context = context;
    this.#cancel = button({ label: "Cancel", icon: "stop", className: "secondary", testId: "cancel" }, () =>
      context.post({ type: "cancel", id }),
    );
    this.#cancel.title = "Cancel (Escape). What has come is kept.";
    this.tabs = responseView(exchange, response, selected, onSelect, context, this.#body);
    this.element = h("div", { class: "receiving" }, this.#strip, ...this.tabs.elements);
    this.#clock = setInterval(() => this.#tick(), 100);
    this.update(exchange, response);
  }

  /** What has come since: the page stays where it is scrolled to, and the tab and the focus where they are. */
  update(exchange: ExchangeView, { body }: ResponseView): void {
    this.#began = performance.now() - exchange.timings.total;
    this.#elapsed = h("span", { class: "elapsed" });
    this.#tick();
    const hadFocus = this.#cancel === document.activeElement;
    this.#strip.replaceChildren(
      headerStrip(exchange, this.#context, { action: this.#cancel, elapsed: this.#elapsed }),
      h("div", { class: "progress" }),
    );
    if (hadFocus) this.#cancel.focus();
    this.#body.replaceChildren(
      ...(body.kind === "empty"
        ? [h("p", { class: "nothing" }, "Nothing of the body has come yet.")]
        : bodyNodes(body)),
    );
  }

  stop(): void {
    clearInterval(this.#clock);
  }

  #tick(): void {
    this.#elapsed.textContent = duration(performance.now() - this.#began);
  }
}
