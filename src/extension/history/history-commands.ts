import { commands, type QuickPickItem, ThemeIcon, window } from "vscode";
import { contextKeys } from "../manifest.ts";
import type { ResponsePanel } from "../panel/response-panel.ts";
import type { History } from "./history.ts";
import type { HistoryEntry } from "./history-entry.ts";
import { historyItem } from "./history-items.ts";
import type { ShownExchange } from "./shown-exchange.ts";

interface Choice extends QuickPickItem {
  readonly entry: HistoryEntry;
}

/** Shows an exchange of before again; nothing is sent. */
export class HistoryCommands {
  readonly #history: History;
  readonly #shown: ShownExchange;
  readonly #panel: ResponsePanel;
  readonly #refresh: () => void;

  /** `refresh`: shows in the panel what `shown` says now. */
  constructor(history: History, shown: ShownExchange, panel: ResponsePanel, refresh: () => void) {
    this.#history = history;
    this.#shown = shown;
    this.#panel = panel;
    this.#refresh = refresh;
  }

  async show(): Promise<void> {
    const choices = (await this.#history.entries()).map((entry): Choice => {
      const { icon, ...texts } = historyItem(entry);
      return { ...texts, iconPath: new ThemeIcon(icon), entry };
    });
    if (choices.length === 0) return tell("The history is empty. It begins with the next request that you send.");
    const chosen = await window.showQuickPick(choices, {
      title: "History",
      placeHolder: "Choose an exchange to see it again; nothing is sent",
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (!chosen) return;
    this.#choose(chosen.entry);
    this.#panel.reveal();
  }

  async clear(): Promise<void> {
    await this.#history.clear();
    // What was forgotten is not left in the panel either.
    if (this.#shown.past) this.#choose(undefined);
    window.setStatusBarMessage("The history is empty", 3000);
  }

  #choose(entry: HistoryEntry | undefined): void {
    this.#shown.choose(entry);
    void commands.executeCommand("setContext", contextKeys.hasExchange, this.#shown.state.kind === "finished");
    this.#refresh();
  }
}

function tell(message: string): void {
  void window.showInformationMessage(message);
}
