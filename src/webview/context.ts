import type { HeaderPlace, PanelMessage } from "../protocol/messages.ts";

export const tabIds = ["body", "headers", "security", "timing", "request", "cookies"] as const;
export type TabId = (typeof tabIds)[number];

/** What a view may do besides showing. */
export interface Context {
  post(message: PanelMessage): void;
  /** Says a sentence to a screen reader, in the one polite live region. */
  announce(text: string): void;
  openTab(id: TabId): void;
  /** Asks for the masked value of a header of the exchange that is shown; null where it is no longer kept. */
  reveal(place: HeaderPlace, show: (value: string | null) => void): void;
}
