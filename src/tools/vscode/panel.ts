import { setTimeout as delay } from "node:timers/promises";
import type { Frame } from "playwright-core";
import { markAsSeen, shownAnew } from "./page-scripts.ts";
import type { Workbench } from "./workbench.ts";

/** What a person can read in the response panel. */
export interface PanelReading {
  readonly state: "response" | "failure";
  /** `200 OK`; for a failure its short heading. */
  readonly status: string;
  /** Null for a response. */
  readonly failureCode: string | null;
  readonly verdict: string;
  /** `TLS 1.3`; null where the connection did not get so far. */
  readonly protocol: string | null;
  /** Of the server's own certificate, refused or not; null where none was received. */
  readonly leafSubject: string | null;
  /** Milliseconds from the click to the response on the screen. */
  readonly took: number;
}

/**
 * Clicks "Send" above a line (1-based) and reads the panel when the request has ended. A question whether a secret may
 * be sent is answered with "Not Now".
 */
export async function sendAndRead(workbench: Workbench, line: number, patience = 60_000): Promise<PanelReading> {
  const before = await workbench.findPanel();
  await before?.evaluate(markAsSeen);
  const click = await workbench.prepareCodeLensClick("Send", line);
  const clicked = performance.now();
  await click();
  const panel = before ?? (await workbench.waitForPanel());
  let ended = false;
  const shown = panel.waitForFunction(shownAnew, undefined, { timeout: patience }).finally(() => {
    ended = true;
  });
  const notNow = workbench.page.locator(".monaco-dialog-box .monaco-button", { hasText: "Not Now" });
  const refuse = async () => {
    for (; !ended; await delay(25)) if (await notNow.isVisible()) await notNow.click();
  };
  await Promise.all([shown, refuse()]);
  const took = Math.round(performance.now() - clicked);
  return { ...(await readPanel(panel)), took };
}

export async function readPanel(panel: Frame): Promise<Omit<PanelReading, "took">> {
  const failed = (await panel.locator("[data-state=failure]").count()) > 0;
  return {
    state: failed ? "failure" : "response",
    status: (await textOf(panel, "status")) ?? "",
    failureCode: await textOf(panel, "failure-code"),
    verdict: (await textOf(panel, "verdict")) ?? "",
    protocol: await textOf(panel, "protocol"),
    leafSubject: await textOf(panel, "certificate-subject"),
  };
}

/** Also of elements that a tab hides for the moment. */
async function textOf(panel: Frame, testId: string): Promise<string | null> {
  const element = panel.locator(`[data-testid=${testId}]`).first();
  if ((await element.count()) === 0) return null;
  return (await element.textContent())?.trim() ?? null;
}
