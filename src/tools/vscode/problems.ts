import type { Page } from "playwright-core";

/** Something that went wrong in a page and that no one would see. */
export interface PageProblem {
  readonly kind: "content-security-policy" | "script-error" | "panel-console-error";
  readonly text: string;
  readonly url: string;
}

/** The webview's document; the workbench's own console errors (missing optional parts of VS Code) are not ours. */
const webviewUrl = /\/webview\/browser\/pre\/|^vscode-webview:|webview-/;

/** Records, from now on, broken content security policies, uncaught errors, and a webview's console errors. */
export function recordProblems(page: Page): readonly PageProblem[] {
  const problems: PageProblem[] = [];
  page.on("console", (message) => {
    const text = message.text();
    const { url } = message.location();
    if (/Content Security Policy/i.test(text) && message.type() !== "log") {
      problems.push({ kind: "content-security-policy", text, url });
    } else if (message.type() === "error" && webviewUrl.test(url)) {
      problems.push({ kind: "panel-console-error", text, url });
    }
  });
  page.on("pageerror", (error) => problems.push({ kind: "script-error", text: error.stack ?? error.message, url: "" }));
  return problems;
}
