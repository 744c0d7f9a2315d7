import type { PanelMessage } from "../protocol/messages.ts";
import type { Context } from "./context.ts";
import { h } from "./dom.ts";
import { type IconName, icon } from "./icons.ts";

interface ButtonOptions {
  readonly label: string;
  readonly icon?: IconName;
  readonly className?: string;
  readonly testId?: string;
  /** What a screen reader says where the label alone leaves open which thing is meant. */
  readonly description?: string;
  /** The label is not shown but read out and shown on hover. */
  readonly iconOnly?: boolean;
}

export function button(options: ButtonOptions, press: () => void): HTMLButtonElement {
  const { label, iconOnly, description } = options;
  const name = description ?? label;
  const element = h(
    "button",
    {
      type: "button",
      class: `button ${iconOnly ? "icon-button" : ""} ${options.className ?? ""}`.replace(/\s+/g, " ").trim(),
      "data-testid": options.testId,
      "aria-label": iconOnly || description ? name : null,
      title: iconOnly ? name : null,
    },
    options.icon && icon(options.icon),
    !iconOnly && h("span", {}, label),
  );
  element.addEventListener("click", press);
  return element;
}

/** A button that hands a text or a whole thing to the clipboard, and says that it has. */
export function copyButton(
  context: Context,
  options: Omit<ButtonOptions, "icon">,
  message: PanelMessage | (() => PanelMessage),
): HTMLButtonElement {
  const element = button({ ...options, icon: "copy" }, () => {
    context.post(typeof message === "function" ? message() : message);
    context.announce("Copied");
    element.classList.add("done");
    element.querySelector("svg")?.replaceWith(icon("check"));
    setTimeout(() => {
      element.classList.remove("done");
      element.querySelector("svg")?.replaceWith(icon("copy"));
    }, 1_500);
  });
  return element;
}

/** Looks like a link: goes to another place in the panel or the editor. */
export function linkButton(label: string, press: () => void): HTMLButtonElement {
  return button({ label, className: "link" }, press);
}
