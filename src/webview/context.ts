import type { PanelMessage } from "../protocol/messages.ts";

export const tabIds = ["body", "headers", "security", "timing", "request"] as const;
export type TabId = (typeof tabIds)[number];

/** What a view may do besides showing. */
export interface Context {
  post(message: PanelMessage): void;
  /** Says a sentence to a screen reader, in the one polite live region. */
  announce(text: string): void;
  openTab(id: TabId): void;
}
