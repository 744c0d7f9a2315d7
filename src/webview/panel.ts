import { assertNever } from "../common/assert-never.ts";
import type { ExchangeView } from "../protocol/exchange-view.ts";
import type { InspectionView } from "../protocol/inspection-view.ts";
import type { HostMessage, PanelMessage } from "../protocol/messages.ts";
import type { Context, TabId } from "./context.ts";
import { failureView } from "./failure-view.ts";
import { headerStrip } from "./header-strip.ts";
import { inspectionSummary, inspectionView } from "./inspection.ts";
import { ReceivingView } from "./receiving-view.ts";
import { remarksView } from "./remarks.ts";
import { responseView } from "./response-view.ts";
import { Reveals } from "./reveals.ts";
import { summary } from "./summary.ts";
import type { Tabs } from "./tabs.ts";
import { emptyView, type RunningRequest, runningView } from "./waiting-views.ts";

/** What outlives the page: which exchange and which tab. Never what they hold. */
export interface PanelState {
  readonly id: string | null;
  readonly tab: TabId;
}

type ShownState = "empty" | "running" | "receiving" | "response" | "failure" | "inspection";

interface PanelPorts {
  readonly root: HTMLElement;
  /** The polite live region. */
  readonly live: HTMLElement;
  readonly state: PanelState;
  post(message: PanelMessage): void;
  save(state: PanelState): void;
}

/** Shows one state at a time: empty, running, a response, a failure, or the inspection of a server. */
export class Panel {
  readonly #ports: PanelPorts;
  readonly #context: Context;
  #state: PanelState;
  #tabs: Tabs<TabId> | undefined;
  #reveals: Reveals | undefined;
  #receiving: ReceivingView | undefined;
  #running: { readonly id: string; stop(): void } | undefined;

  constructor(ports: PanelPorts) {
    this.#ports = ports;
    this.#state = ports.state;
    this.#context = {
      post: (message) => ports.post(message),
      announce: (text) => this.#announce(text),
      openTab: (id) => this.#tabs?.select(id, true),
      reveal: (place, show) => this.#reveals?.ask(place, show),
    };
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#running) return;
      event.preventDefault();
      ports.post({ type: "cancel", id: this.#running.id });
    });
    this.#show("empty", [emptyView()]);
  }

  receive(message: HostMessage): void {
    if (message.type === "revealed") {
      this.#reveals?.receive(message);
      return;
    }
    const arrived = performance.now();
    if (message.type === "receiving" && this.#receiving?.id === message.id) {
      this.#update(this.#receiving, message.exchange);
      return;
    }
    this.#receiving = undefined;
    this.#running?.stop();
    this.#running = undefined;
    this.#tabs = undefined;
    this.#reveals = undefined;
    switch (message.type) {
      case "empty":
        this.#show("empty", [emptyView()]);
        break;
      case "running":
        this.#showRunning(message);
        break;
      case "receiving":
        this.#showReceiving(message.id, message.exchange);
        break;
      case "exchange":
        this.#showExchange(message.exchange, message.isPast ?? false, arrived);
        break;
      case "inspection":
        this.#showInspection(message.inspection);
        break;
      default:
        assertNever(message);
    }
  }

  #showRunning(request: RunningRequest): void {
    const { element, stop } = runningView(request, this.#context);
    this.#running = { id: request.id, stop };
    this.#show("running", [element]);
    // The question itself is read out.
    this.#announce(request.isAsking ? "" : `Sending ${request.method} request`);
  }

  #showReceiving(id: string, exchange: ExchangeView): void {
    const { response } = exchange;
    if (!response) return;
    const remember = (tab: TabId) => this.#remember({ tab });
    const view = new ReceivingView(id, exchange, response, this.#state.tab, remember, this.#context);
    this.#receiving = view;
    this.#running = view;
    this.#tabs = view.tabs;
    this.#show("receiving", [view.element]);
    this.#announce(`${response.status}, the response is coming in`);
  }

  #update(view: ReceivingView, exchange: ExchangeView): void {
    if (exchange.response) view.update(exchange, exchange.response);
  }

  #showExchange(exchange: ExchangeView, isPast: boolean, arrived: number): void {
    const strip = headerStrip(exchange, this.#context, { isPast });
    const remarks = remarksView(exchange);
    const { response, failure } = exchange;
    this.#reveals = new Reveals(exchange.id, (message) => this.#ports.post(message));
    if (response && !failure) {
      this.#tabs = responseView(exchange, response, this.#state.tab, (tab) => this.#remember({ tab }), this.#context);
      this.#show("response", [strip, ...remarks, ...this.#tabs.elements]);
    } else if (failure) this.#show("failure", [strip, ...remarks, ...failureView(exchange, failure, this.#context)]);
    // A failure speaks for itself: its card is an alert.
    this.#announce(response && !failure ? summary(exchange, response) : "");
    this.#remember({ id: exchange.id });
    afterNextFrame(() => {
      this.#ports.post({ type: "rendered", id: exchange.id, took: performance.now() - arrived });
    });
  }

  #showInspection(inspection: InspectionView): void {
    this.#show("inspection", inspectionView(inspection, this.#context));
    this.#announce(inspection.failure ? "" : inspectionSummary(inspection));
  }

  /** Replaces what is shown. A focus that was in the panel stays there, on the button that now does what is likeliest. */
  #show(state: ShownState, nodes: readonly HTMLElement[]): void {
    const { root } = this.#ports;
    const hadFocus = root.contains(document.activeElement);
    root.dataset["state"] = state;
    const isBusy = state === "running" || state === "receiving";
    root.setAttribute("aria-busy", String(isBusy));
    root.replaceChildren(...nodes);
    document.scrollingElement?.scrollTo(0, 0);
    if (hadFocus) {
      root
        .querySelector<HTMLElement>(
          isBusy ? "[data-testid=cancel]" : "[data-testid=send-again], [data-testid=inspect-again]",
        )
        ?.focus();
    }
  }

  #announce(text: string): void {
    this.#ports.live.textContent = text;
  }

  #remember(change: Partial<PanelState>): void {
    this.#state = { ...this.#state, ...change };
    this.#ports.save(this.#state);
  }
}

/** The second callback runs after the frame that the first one belongs to was painted. */
function afterNextFrame(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then));
}
