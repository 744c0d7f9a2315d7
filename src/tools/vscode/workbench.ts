import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Browser, Frame, Locator, Page } from "playwright-core";
import { type CodeLens, type FocusInfo, focusInfo, isCodeLensAt, visibleCodeLenses } from "./page-scripts.ts";
import { type PageProblem, recordProblems } from "./problems.ts";
import type { VsCodeServer } from "./server.ts";
import type { Theme } from "./themes.ts";

export interface WorkbenchOptions {
  /** Absolute path of the folder to open. */
  readonly folder: string;
  /** Absolute path of the file to open in it. */
  readonly file?: string;
  /** Absolute path of an extension in development, loaded beside the installed ones. */
  readonly extensionDevelopmentPath?: string;
  /** Absolute path of a module that exports `run`; VS Code then runs tests instead of waiting for a person. */
  readonly extensionTestsPath?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Device pixels per CSS pixel: 2 makes screenshots for high-resolution displays. Default 1. */
  readonly scale?: number;
  /** Called with the page before it is opened. */
  readonly beforeOpen?: (page: Page) => Promise<void>;
}

const defaultViewport = { width: 1400, height: 900 };
const patience = 30_000;

/** The address that opens a folder with an extension in development; `localhost` in it must stay `localhost`. */
export function workbenchUrl(server: VsCodeServer, options: WorkbenchOptions): string {
  const encoded = (path: string) => path.split("/").map(encodeURIComponent).join("/");
  const remote = (path: string) => `vscode-remote://${server.authority}${encoded(path)}`;
  const payload: [string, string][] = [["skipWelcome", "true"]];
  const { file, extensionDevelopmentPath, extensionTestsPath } = options;
  if (extensionDevelopmentPath) payload.push(["extensionDevelopmentPath", remote(extensionDevelopmentPath)]);
  if (extensionTestsPath) payload.push(["extensionTestsPath", remote(extensionTestsPath)]);
  if (file) payload.push(["openFile", remote(file)]);
  return `${server.origin}/?folder=${encoded(options.folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** Opens a window of VS Code; with a `file`, waits until its text is there. */
export async function openWorkbench(
  browser: Browser,
  server: VsCodeServer,
  options: WorkbenchOptions,
): Promise<Workbench> {
  // A context of its own: nothing that another window left in the browser's storage is seen.
  const context = await browser.newContext({
    viewport: options.viewport ?? defaultViewport,
    deviceScaleFactor: options.scale ?? 1,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const workbench = new Workbench(page, recordProblems(page));
  try {
    await options.beforeOpen?.(page);
    await page.goto(workbenchUrl(server, options));
    await page.locator(".monaco-workbench").waitFor();
    if (options.file) await workbench.editor.locator(".view-line").first().waitFor();
    return workbench;
  } catch (error) {
    await workbench.close();
    throw error;
  }
}

/** A window of VS Code, used as a person uses it: by what is on the screen. */
export class Workbench {
  readonly page: Page;
  /** What went wrong in the page so far. */
  readonly problems: readonly PageProblem[];

  constructor(page: Page, problems: readonly PageProblem[]) {
    this.page = page;
    this.problems = problems;
  }

  /** The active editor group's text editor. */
  get editor(): Locator {
    return this.page.locator(".editor-group-container.active .monaco-editor");
  }

  /** Opens a file by its absolute path in the first editor group and waits until its text is there. */
  async openFile(path: string): Promise<void> {
    // After a click in the panel its group is the active one; a file opened there would cover the panel.
    await this.page.keyboard.press("Control+1");
    const name = path.slice(path.lastIndexOf("/") + 1);
    await this.#ask("Control+P", path);
    await this.#choose(name);
    await this.page.locator(".editor-group-container.active .tab.active", { hasText: name }).waitFor();
    await this.editor.locator(".view-line").first().waitFor();
  }

  /** Runs a command by its full title, category and all: "Padlock: Open Demo Workspace". */
  async runCommand(title: string): Promise<void> {
    await this.#ask("F1", `>${title}`);
    await this.#choose(title);
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.runCommand("Preferences: Color Theme");
    await this.#quickInput.and(this.page.locator("[placeholder*='Color Theme']")).fill(theme.label);
    await this.#choose(theme.label);
    await this.page.locator(`.monaco-workbench.${theme.workbenchClass}`).waitFor();
    await this.#quickInput.waitFor({ state: "hidden" });
  }

  /** Scrolls to a line (1-based) of the active editor and puts the cursor there. */
  async goToLine(line: number): Promise<void> {
    await this.#ask("Control+G", `:${line}`);
    await this.#quickInput.press("Enter");
    await this.editor.locator(".line-numbers.active-line-number", { hasText: new RegExp(`^${line}$`) }).waitFor();
  }

  /** The CodeLenses in view, from top to bottom. */
  codeLenses(): Promise<CodeLens[]> {
    return this.page.evaluate(visibleCodeLenses);
  }

  /** Waits until a CodeLens of this title is in view: the extension runs. */
  async waitForCodeLens(title: string): Promise<void> {
    await this.editor.locator(".codelens-decoration a", { hasText: title }).first().waitFor();
  }

  /** Clicks the CodeLens of this title above the line (1-based). */
  async clickCodeLensAt(title: string, line: number): Promise<void> {
    await (await this.prepareCodeLensClick(title, line))();
  }

  /** Scrolls to a CodeLens and returns the click on it: for whoever measures what follows. */
  async prepareCodeLensClick(title: string, line: number): Promise<() => Promise<void>> {
    const deadline = Date.now() + patience;
    for (let scrolled = false; ; ) {
      const lenses = await this.#settledCodeLenses();
      const lens = lenses.find((candidate) => candidate.line === line && hasTitle(candidate, title));
      if (lens) return () => this.#clickCodeLens(lens);
      if (Date.now() > deadline) {
        const seen = lenses.map((other) => `"${other.title}" above line ${other.line}`).join(", ") || "none";
        throw new Error(`There is no CodeLens "${title}" above line ${line}. In view: ${seen}.`);
      }
      if (!scrolled) await this.goToLine(line);
      scrolled = true;
    }
  }

  /** The inner document of the webview that shows the panel (it lies two frames down), if it is open. */
  async findPanel(): Promise<Frame | undefined> {
    for (const frame of this.page.frames()) {
      if (!frame.url().includes("fake.html")) continue;
      // A frame that goes away while it is asked is not the one.
      const roots = await frame
        .locator("[data-state]")
        .count()
        .catch(() => 0);
      if (roots > 0) return frame;
    }
    return undefined;
  }

  async waitForPanel(): Promise<Frame> {
    const deadline = Date.now() + patience;
    while (Date.now() < deadline) {
      const panel = await this.findPanel();
      if (panel) return panel;
      await delay(25);
    }
    const notifications = (await this.notifications()).join(" | ") || "none";
    throw new Error(`The response panel did not open. Notifications: ${notifications}.`);
  }

  /** The texts of the notifications in view. */
  notifications(): Promise<string[]> {
    return this.page.locator(".notifications-toasts .notification-list-item-message").allTextContents();
  }

  focus(): Promise<FocusInfo> {
    return this.page.evaluate(focusInfo);
  }

  /** Writes a PNG, with the folders above it. */
  async screenshot(path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path, animations: "disabled" });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /**
   * VS Code shows CodeLenses some time after their lines came into view, and takes them all away for a moment whenever
   * an extension adds a provider: waits until nothing has changed for a while, but not for ever, as the title of a
   * running request counts its seconds.
   */
  /**
   * VS Code makes its CodeLenses anew now and then, and a banner above the editor moves them: the click goes to where the
   * CodeLens is now, and only when it is under the pointer.
   */
  async #clickCodeLens({ title, line, ...known }: CodeLens): Promise<void> {
    const { mouse } = this.page;
    for (const deadline = Date.now() + patience; Date.now() < deadline; await delay(10)) {
      const now = (await this.codeLenses()).find((lens) => lens.line === line && lens.title === title) ?? known;
      await mouse.move(now.x, now.y);
      if (!(await this.page.evaluate(isCodeLensAt, [now.x, now.y] as const))) continue;
      await mouse.down();
      await mouse.up();
      return;
    }
    throw new Error(`The CodeLens "${title}" above line ${line} is never under the pointer.`);
  }

  async #settledCodeLenses(): Promise<CodeLens[]> {
    let before = "";
    for (let quiet = 0, looks = 1; ; quiet++, looks++) {
      const lenses = await this.codeLenses();
      const now = JSON.stringify(lenses);
      if (now !== before) quiet = 0;
      if (quiet === 3 || looks === 40) return lenses;
      before = now;
      await delay(60);
    }
  }

  get #quickInput(): Locator {
    return this.page.locator(".quick-input-widget .quick-input-filter input");
  }

  async #ask(key: string, text: string): Promise<void> {
    // A key pressed while an earlier question is still closing is lost.
    for (let attempt = 0; attempt < 10; attempt++) {
      await this.page.keyboard.press(key);
      const opened = this.#quickInput.waitFor({ timeout: 2_000 }).then(() => true);
      if (await opened.catch(() => false)) break;
    }
    await this.#quickInput.fill(text);
  }

  /** Clicks the row of this very label: the first row is the best match, which may be another one. */
  async #choose(label: string): Promise<void> {
    const name = this.page.locator(".label-name", { hasText: new RegExp(`^${escapeRegExp(label)}$`) });
    await this.page.locator(".quick-input-list .monaco-list-row", { has: name }).first().click();
  }
}

/** "Send" is the title of "Send" and of "Send again · 200 · 43 ms". */
function hasTitle(lens: CodeLens, title: string): boolean {
  return lens.title === title || lens.title.startsWith(`${title} `);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
