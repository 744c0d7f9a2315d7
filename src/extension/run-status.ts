import { commands, type Disposable, StatusBarAlignment, window } from "vscode";
import { hostAndPath } from "../common/url-text.ts";
import { cancelDelay } from "./code-lenses.ts";
import { elapsedText } from "./lens-title.ts";
import { contextKeys } from "./manifest.ts";
import type { RunState } from "./request-runner.ts";
import { plain } from "./text.ts";

/** Milliseconds between two updates of the elapsed time. */
const interval = 500;

/** While a request runs, and only then: a status bar item that cancels it, and a beat for the CodeLens's seconds. */
export class RunStatus implements Disposable {
  readonly #item = window.createStatusBarItem("padlock.run", StatusBarAlignment.Right, 100);
  readonly #onBeat: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** `onBeat` is called when a run has lasted for `cancelDelay`, from then on regularly, and when it ends. */
  constructor(onBeat: () => void) {
    this.#onBeat = onBeat;
    this.#item.name = "Padlock: Running Request";
    this.#item.command = "padlock.cancel";
  }

  show(state: RunState): void {
    // Its clock goes on.
    if (state.kind === "running" && state.receiving) return;
    clearTimeout(this.#timer);
    this.#item.hide();
    setContext(contextKeys.running, state.kind === "running");
    setContext(contextKeys.hasExchange, state.kind === "finished");
    if (state.kind === "running" && !state.isAsking) this.#timer = setTimeout(() => this.#beat(state), cancelDelay);
    this.#onBeat();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#item.dispose();
  }

  #beat(state: Extract<RunState, { kind: "running" }>): void {
    const { method, url } = state.target.source;
    const { host, path } = hostAndPath(url);
    const elapsed = elapsedText(performance.now() - state.startedAt);
    const request = plain(`${method} ${path || host}`, 40);
    this.#item.text = `$(loading~spin) ${request} ${elapsed}`;
    this.#item.tooltip = "Cancel this request";
    this.#item.accessibilityInformation = {
      label: `Sending ${plain(`${method} ${host}`)}, ${elapsed}. Cancel`,
      role: "button",
    };
    this.#item.show();
    this.#timer = setTimeout(() => this.#beat(state), interval);
    this.#onBeat();
  }
}

export function setContext(key: string, value: boolean): void {
  void commands.executeCommand("setContext", key, value);
}
