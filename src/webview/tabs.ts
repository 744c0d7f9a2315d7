import { h } from "./dom.ts";

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** A count beside the label, with the words that a screen reader adds. */
  readonly badge?: { readonly text: string; readonly description: string };
  readonly content: HTMLElement;
}

export interface Tabs<Id extends string> {
  readonly elements: readonly HTMLElement[];
  select(id: Id, focus?: boolean): void;
}

/** The tabs pattern of the ARIA Authoring Practices: one tab stop, arrows with wrap-around, Home and End. */
export function tabs<Id extends string>(
  label: string,
  list: readonly Tab<Id>[],
  selected: Id,
  onSelect: (id: Id) => void,
): Tabs<Id> {
  const buttons = list.map(({ id, label: name, badge }) =>
    h(
      "button",
      { type: "button", role: "tab", class: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}` },
      name,
      badge && h("span", { class: "count", title: badge.description, "aria-hidden": "true" }, badge.text),
    ),
  );
  const panels = list.map(({ id, content }) =>
    h(
      "div",
      { role: "tabpanel", class: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}`, tabindex: "0" },
      content,
    ),
  );

  const show = (index: number, focus: boolean) => {
    buttons.forEach((button, at) => {
      button.setAttribute("aria-selected", String(at === index));
      button.tabIndex = at === index ? 0 : -1;
    });
    panels.forEach((panel, at) => {
      panel.hidden = at !== index;
    });
    if (focus) buttons[index]?.focus();
  };
  const select = (id: Id, focus = false) => {
    const index = Math.max(
      0,
      list.findIndex((tab) => tab.id === id),
    );
    show(index, focus);
    buttons[index]?.scrollIntoView({ block: "nearest", inline: "nearest" });
    onSelect(id);
  };

  const tablist = h("div", { role: "tablist", class: "tabs", "aria-label": label }, ...buttons);
  tablist.addEventListener("click", (event) => {
    const index = buttons.findIndex((button) => event.target instanceof Node && button.contains(event.target));
    const tab = list[index];
    if (tab) select(tab.id);
  });
  tablist.addEventListener("keydown", (event) => {
    const current = buttons.findIndex((button) => button.matches(":focus"));
    const next = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: list.length - 1 }[event.key];
    if (next === undefined || current < 0) return;
    event.preventDefault();
    const tab = list[(next + list.length) % list.length];
    if (tab) select(tab.id, true);
  });

  show(
    Math.max(
      0,
      list.findIndex(({ id }) => id === selected),
    ),
    false,
  );
  return { elements: [tablist, ...panels], select };
}
