import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { type ServerOptions, startServer, type VsCodeServer } from "./server.ts";
import { openWorkbench, type Workbench, type WorkbenchOptions } from "./workbench.ts";

/** A VS Code server and a browser: real VS Code with no display, for any number of windows. */
export interface VsCodeSession {
  readonly server: VsCodeServer;
  readonly browser: Browser;
  open(options: WorkbenchOptions): Promise<Workbench>;
  close(): Promise<void>;
}

export async function startSession(options: ServerOptions = {}): Promise<VsCodeSession> {
  // Both may have to be fetched: at once, and if one fails the other must not be left running.
  const [server, browser] = await Promise.allSettled([startServer(options), launchBrowser()]);
  if (server.status === "fulfilled" && browser.status === "fulfilled") {
    return {
      server: server.value,
      browser: browser.value,
      open: (window) => openWorkbench(browser.value, server.value, window),
      close: async () => {
        await browser.value.close();
        await server.value.close();
      },
    };
  }
  if (server.status === "fulfilled") await server.value.close();
  if (browser.status === "fulfilled") await browser.value.close();
  throw server.status === "rejected" ? server.reason : (browser as PromiseRejectedResult).reason;
}
