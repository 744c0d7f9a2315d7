import { button } from "./controls.ts";
import { h } from "./dom.ts";
import { icon } from "./icons.ts";
import { jsonFolds, jsonTokens, type Token } from "./json-tokens.ts";
import { textNodes } from "./server-text.ts";

/** Lines laid out at once; more on demand, so that no body can freeze the panel. */
const firstLines = 2_000;
const mostLines = 50_000;
/** A line longer than this is cut: one line of megabytes costs more than a thousand short ones. */
const longestLine = 20_000;
/** Lines in one block that the browser lays out only when it comes into sight. */
const blockLines = 250;

interface CodeOptions {
  readonly json: boolean;
  /** What the numbered text is, for assistive technology. */
  readonly label: string;
}

/**
 * Text with line numbers that are neither selected nor copied; JSON is coloured and folds. Fold buttons share one tab
 * stop: up and down move between them, left and right fold and unfold.
 */
export function codeView(text: string, { json, label }: CodeOptions): HTMLElement {
  const lines = text.split(/\r\n|\n|\r/);
  const folds = json ? jsonFolds(lines.slice(0, mostLines)) : new Map<number, number>();
  const rows: HTMLElement[] = [];
  const folded = new Set<number>();

  const row = (index: number): HTMLElement => {
    const line = lines[index] ?? "";
    const end = folds.get(index);
    const element = h(
      "div",
      { class: "line", "data-number": index + 1 },
      end === undefined ? null : foldButton(index, end),
      h("span", { class: "line-text", dir: json ? "ltr" : "auto" }, ...lineNodes(line, json)),
    );
    rows[index] = element;
    return element;
  };

  const foldButton = (start: number, end: number) =>
    h(
      "button",
      {
        type: "button",
        class: "fold",
        "data-line": start,
        tabindex: "-1",
        "aria-expanded": "true",
        "aria-label": `Lines ${start + 1} to ${end + 1}`,
      },
      icon("chevron"),
    );

  const setFolded = (start: number, fold: boolean) => {
    if (fold) folded.add(start);
    else folded.delete(start);
    const element = rows[start];
    element?.classList.toggle("folded", fold);
    element?.querySelector(".fold")?.setAttribute("aria-expanded", String(!fold));
    let hiddenUntil = -1;
    rows.forEach((line, index) => {
      line.hidden = index < hiddenUntil;
      const end = folds.get(index);
      if (end !== undefined && folded.has(index) && index >= hiddenUntil) hiddenUntil = end;
    });
  };

  const code = h("div", { class: "code", role: "group", "aria-label": label });
  code.classList.toggle("has-folds", folds.size > 0);
  code.classList.add(`digits-${Math.min(6, String(lines.length).length)}`);

  code.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>(".fold") : null;
    const start = Number(target?.dataset["line"] ?? -1);
    if (target) setFolded(start, !folded.has(start));
  });
  code.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>(".fold") : null;
    if (!target) return;
    const start = Number(target.dataset["line"]);
    const all = [...code.querySelectorAll<HTMLElement>(".line:not([hidden]) > .fold")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) moveTo(all[all.indexOf(target) + step], target);
    else if (event.key === "ArrowLeft") setFolded(start, true);
    else if (event.key === "ArrowRight") setFolded(start, false);
    else return;
    event.preventDefault();
  });

  const append = (from: number, until: number) => {
    for (let at = from; at < until; at += blockLines) {
      const indexes = Array.from({ length: Math.min(blockLines, until - at) }, (_, offset) => at + offset);
      code.append(h("div", { class: "code-block" }, ...indexes.map(row)));
    }
    const first = code.querySelector<HTMLElement>(".fold");
    if (first && !code.querySelector(".fold[tabindex='0']")) first.tabIndex = 0;
  };

  append(0, Math.min(lines.length, firstLines));
  if (lines.length <= firstLines) return code;
  return h(
    "div",
    {},
    code,
    showAll(lines.length, () => append(firstLines, Math.min(lines.length, mostLines))),
  );
}

function moveTo(next: HTMLElement | undefined, from: HTMLElement): void {
  if (!next) return;
  from.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function showAll(count: number, show: () => void): HTMLElement {
  const shown = (lines: number) => `The first ${lines.toLocaleString()} of ${count.toLocaleString()} lines are shown.`;
  const text = h("span", {}, shown(firstLines));
  const most = Math.min(count, mostLines);
  const note = h("div", { class: "note" }, icon("info"), text);
  const label = most === count ? `Show all ${count.toLocaleString()} lines` : `Show ${most.toLocaleString()} lines`;
  const more = button({ label, className: "secondary" }, () => {
    show();
    if (most === count) note.remove();
    else {
      text.textContent = `${shown(most)} Open the body in the editor for the rest.`;
      more.remove();
    }
  });
  note.append(more);
  return note;
}

function lineNodes(line: string, json: boolean): (Node | string)[] {
  const cut = line.slice(0, longestLine);
  const nodes = json ? jsonTokens(cut).flatMap(tokenNodes) : textNodes(cut);
  if (line.length > longestLine) {
    const rest = (line.length - longestLine).toLocaleString();
    nodes.push(h("span", { class: "muted" }, ` … ${rest} more characters on this line; open the body in the editor`));
  }
  return nodes;
}

function tokenNodes({ kind, text }: Token): (Node | string)[] {
  if (kind === "plain") return textNodes(text);
  return [h("span", { class: `json-${kind}` }, ...textNodes(text))];
}
