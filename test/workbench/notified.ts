import { setTimeout as delay } from "node:timers/promises";
import type { Locator } from "playwright-core";
import type { Workbench } from "../../src/tools/vscode/workbench.ts";

const attempts = 15;

/**
 * A button of a notification that comes soon, however busy VS Code is: it may show the notification for a moment, in its
 * list only, or close the list again with the dialog that was open before.
 */
export async function notified(window: Workbench, title: string): Promise<Locator> {
  // The last question has to be gone, and its answer carried out.
  await window.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  const button = window.page
    .locator(".notifications-center .monaco-button:visible, .notifications-toasts .monaco-button:visible")
    .filter({ hasText: title })
    .first();
  for (let attempt = 0; attempt < attempts; attempt++) {
    await window.runCommand("Notifications: Show Notifications");
    for (let look = 0; look < 10; look++) {
      if (await button.isVisible()) return button;
      await delay(200);
    }
  }
  throw new Error(`No notification offers “${title}”.`);
}
