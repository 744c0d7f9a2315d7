import type { HeaderView } from "../protocol/exchange-view.ts";
import type { HeaderPlace } from "../protocol/messages.ts";
import type { Context } from "./context.ts";
import { button, copyButton } from "./controls.ts";
import { h } from "./dom.ts";
import { headerNote } from "./header-notes.ts";
import { icon } from "./icons.ts";
import { serverText } from "./server-text.ts";
import { visible } from "./visible-text.ts";

/** A field's name, its value with a remark where there is one, and the button that copies the value as it is shown. */
export function headerRow(header: HeaderView, place: HeaderPlace, context: Context): HTMLTableRowElement {
  const { name, value } = header;
  const label = visible(name).slice(0, 100);
  const text = h("div", { class: "mono" }, ...valueNodes(value));
  let shown = value;
  const show = (next: string) => {
    shown = next;
    text.replaceChildren(...valueNodes(next));
  };
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, serverText(name)),
    h(
      "td",
      {},
      h("div", { class: "header-value" }, text, header.masked && revealButton(header, label, place, show, context)),
      note(header),
    ),
    h(
      "td",
      { class: "row-action" },
      copyButton(context, { label: `Copy ${label}`, iconOnly: true }, () => ({ type: "copyText", text: shown })),
    ),
  );
}

/** Shows what is masked and hides it again. The value is asked for at each click, and kept nowhere but in the row. */
export function revealButton(
  { value }: HeaderView,
  label: string,
  place: HeaderPlace,
  show: (value: string) => void,
  context: Context,
): HTMLButtonElement {
  let isShown = false;
  const element = button({ label: "Reveal", description: `Reveal ${label}`, className: "link reveal" }, () => {
    if (isShown) {
      show(value);
      turn(false);
    } else context.reveal(place, reveal);
  });
  const reveal = (revealed: string | null) => {
    if (revealed === null) {
      context.announce("The value is no longer in memory. Send the request again.");
      const gone = h("span", { class: "muted", tabindex: "-1" }, "no longer in memory: send again");
      const hadFocus = element === document.activeElement;
      element.replaceWith(gone);
      if (hadFocus) gone.focus();
      return;
    }
    show(revealed);
    turn(true);
  };
  const turn = (isRevealed: boolean) => {
    isShown = isRevealed;
    const word = isRevealed ? "Hide" : "Reveal";
    element.setAttribute("aria-label", `${word} ${label}`);
    element.querySelector("span")?.replaceChildren(word);
    context.announce(isRevealed ? `${label} is shown` : `${label} is hidden`);
  };
  return element;
}

export function valueNodes(value: string): Node[] {
  return [value === "" ? h("span", { class: "muted" }, "(empty)") : serverText(value)];
}

function note({ name, value }: HeaderView): HTMLElement | null {
  const found = headerNote(name, value);
  if (!found) return null;
  return h(
    "div",
    { class: `header-note level-${found.level}` },
    icon(found.level === "ok" ? "check" : "warning"),
    found.text,
  );
}
