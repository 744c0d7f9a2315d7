import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { build } from "esbuild";
import type { Browser, Locator, Page } from "playwright-core";
import type { HostMessage, PanelMessage } from "../../src/protocol/messages.ts";
import { panelHtml } from "../../src/protocol/panel-html.ts";
import { launchBrowser } from "../../src/tools/vscode/browser.ts";
import { mutualTls } from "./samples.ts";
import { type Theme, themes } from "./themes.ts";

const root = resolve(import.meta.dirname, "../..");
export const screenshots = resolve(root, "test/out/screenshots");

/** The panel's page on a loopback server, with the policy it has in VS Code, and a browser to open it in. */
export interface Harness {
  open(theme?: Theme, size?: { readonly width: number; readonly height: number }): Promise<PanelPage>;
  close(): Promise<void>;
}

export interface PanelPage {
  readonly page: Page;
  /** What the panel has posted so far. */
  posted(): Promise<PanelMessage[]>;
  send(message: HostMessage): Promise<void>;
  state(): Promise<unknown>;
  close(): Promise<void>;
}

/** VS Code puts its own default style before the page's policy, where the policy does not reach it. */
const editorDefaults = `<style>
html { scrollbar-color: gray transparent; }
body { padding: 0 20px; font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); }
code { color: var(--vscode-textPreformat-foreground); }
</style>`;

export async function startHarness(): Promise<Harness> {
  const [files, browser] = await Promise.all([bundle(), launchBrowser()]);
  const server = createServer((request, response) => {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const file = files.get(request.url ?? "");
    if (file) return response.setHeader("content-type", file.type).end(file.text);
    if (request.url !== "/") return response.writeHead(404).end();
    const html = panelHtml({
      cspSource: origin,
      scriptUri: `${origin}/webview.js`,
      styleUri: `${origin}/webview.css`,
      nonce: "bm9uY2UgZm9yIHRlc3Rz",
      title: "Padlock",
    });
    return response.setHeader("content-type", "text/html").end(html.replace("<head>", `<head>${editorDefaults}`));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    open: (theme = themes[0] as Theme, size = { width: 640, height: 800 }) => openPage(browser, address, theme, size),
    close: async () => {
      await browser.close();
      await new Promise((done) => server.close(done));
    },
  };
}

/** The header fields of a response with the one revealed that is masked; the focus is on its button. */
export async function showRevealed(panel: PanelPage): Promise<void> {
  await panel.send({ type: "exchange", exchange: mutualTls });
  await panel.page.getByRole("tab", { name: "Headers", exact: true }).click();
  const place = {
    part: "response",
    index: mutualTls.response?.headers.findIndex(({ masked }) => masked) ?? -1,
  } as const;
  await panel.page.getByRole("button", { name: /^Reveal / }).press("Enter");
  const value = "theme=d4rk-m0de; Path=/; Secure; HttpOnly; SameSite=Lax";
  await panel.send({ type: "revealed", id: mutualTls.id, ...place, value });
  await panel.page.getByRole("button", { name: /^Hide / }).waitFor();
}

/** The text as a person sees it: without what is hidden, with the line ends of the layout. */
export function textOf(locator: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: what is hidden must not count.
  return locator.innerText();
}

async function openPage(
  browser: Browser,
  address: string,
  theme: Theme,
  viewport: { width: number; height: number },
): Promise<PanelPage> {
  const context = await browser.newContext({ viewport, locale: "en-GB", timezoneId: "UTC", reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(5_000);
  await page.addInitScript(editorApi);
  await page.goto(address);
  await page.evaluate(
    `(() => { const theme = ${JSON.stringify(theme)};
      document.body.className = theme.bodyClass;
      for (const [name, value] of Object.entries(theme.variables)) document.documentElement.style.setProperty("--vscode-" + name, value);
    })()`,
  );
  return {
    page,
    posted: () => page.evaluate<PanelMessage[]>("posted"),
    send: async (message) => {
      await page.evaluate(`dispatchEvent(new MessageEvent("message", { data: ${JSON.stringify(message)} }))`);
    },
    state: () => page.evaluate("saved"),
    close: () => context.close(),
  };
}

/** What VS Code gives a webview, as far as the panel uses it; once only, as there. */
const editorApi = `
  globalThis.posted = [];
  globalThis.saved = undefined;
  let taken = false;
  globalThis.acquireVsCodeApi = () => {
    if (taken) throw new Error("acquired twice");
    taken = true;
    return {
      postMessage: (message) => { posted.push(message); },
      getState: () => saved,
      setState: (state) => { saved = state; },
    };
  };
`;

type Files = Map<string, { readonly type: string; readonly text: string }>;

/** The same bundles that the extension ships. */
async function bundle(): Promise<Files> {
  const options = { absWorkingDir: root, bundle: true, minify: true, write: false, target: "chrome134" } as const;
  const [script, style] = await Promise.all([
    build({ ...options, entryPoints: ["src/webview/main.ts"], platform: "browser", format: "iife" }),
    build({ ...options, entryPoints: ["src/webview/style.css"] }),
  ]);
  return new Map([
    ["/webview.js", { type: "text/javascript", text: script.outputFiles[0]?.text ?? "" }],
    ["/webview.css", { type: "text/css", text: style.outputFiles[0]?.text ?? "" }],
  ]);
}
