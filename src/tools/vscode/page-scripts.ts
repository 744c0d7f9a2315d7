/**
 * Functions that run inside the page: each must be complete in itself. The project is checked without the DOM's types
 * (no other code here may use the DOM), so the little that is needed is written down here.
 */
interface PageBox {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

interface PageElement {
  readonly textContent: string | null;
  readonly tagName: string;
  readonly className: string;
  closest(selector: string): PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  getAttribute(name: string): string | null;
  readonly firstElementChild: (PageElement & { seen?: boolean }) | null;
  getBoundingClientRect(): PageBox;
}

interface PageGlobal {
  readonly document: PageElement & {
    readonly activeElement: PageElement | null;
    elementFromPoint(x: number, y: number): PageElement | null;
  };
}

export interface CodeLens {
  readonly title: string;
  /** 1-based; the line below the CodeLens. */
  readonly line: number;
  /** Where to click, in the page's CSS pixels. */
  readonly x: number;
  readonly y: number;
}

export interface FocusInfo {
  readonly inEditor: boolean;
  /** What a screen reader calls the focused element; for an editor the file's name. */
  readonly label: string;
  readonly tag: string;
}

/** The CodeLenses that are scrolled into view in the active editor, from top to bottom. */
export function visibleCodeLenses(): CodeLens[] {
  const { document } = globalThis as unknown as PageGlobal;
  const editor = document.querySelector(".editor-group-container.active .monaco-editor");
  if (!editor) return [];
  const lines = [...editor.querySelectorAll(".margin-view-overlays .line-numbers")]
    .map((element) => ({ line: Number(element.textContent), top: element.getBoundingClientRect().top }))
    .sort((a, b) => a.top - b.top);
  const view = editor.getBoundingClientRect();
  const found: CodeLens[] = [];
  for (const link of editor.querySelectorAll(".codelens-decoration a")) {
    const { left, top, bottom, width, height } = link.getBoundingClientRect();
    const below = lines.find((line) => line.top >= bottom - height / 2);
    // VS Code keeps those that are scrolled out of view far outside.
    const inView = height > 0 && top >= view.top && bottom <= view.bottom;
    if (!inView || !below) continue;
    const title = (link.textContent ?? "").trim();
    found.push({ title, line: below.line, x: left + width / 2, y: top + height / 2 });
  }
  return found.sort((a, b) => a.y - b.y);
}

/** Would a click at this place of the window meet a CodeLens? */
export function isCodeLensAt([x, y]: readonly [x: number, y: number]): boolean {
  const { document } = globalThis as unknown as PageGlobal;
  return Boolean(document.elementFromPoint(x, y)?.closest(".codelens-decoration a"));
}

export function focusInfo(): FocusInfo {
  const { document } = globalThis as unknown as PageGlobal;
  const element = document.activeElement;
  return {
    inEditor: element !== null && element.closest(".monaco-editor") !== null,
    label: element?.getAttribute("aria-label") ?? "",
    tag: element?.tagName.toLowerCase() ?? "",
  };
}

/** In the panel: remembers what is shown now, so that `shownAnew` knows the next response from this one. */
export function markAsSeen(): void {
  const { document } = globalThis as unknown as PageGlobal;
  const shown = document.querySelector("[data-state]")?.firstElementChild;
  if (shown) shown.seen = true;
}

/** In the panel: has a request ended since `markAsSeen`? The panel builds all it shows anew each time. */
export function shownAnew(): boolean {
  const { document } = globalThis as unknown as PageGlobal;
  const root = document.querySelector("[data-state]");
  const state = root?.getAttribute("data-state");
  return (state === "response" || state === "failure") && root?.firstElementChild?.seen !== true;
}
