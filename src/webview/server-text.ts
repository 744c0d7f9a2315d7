import { h } from "./dom.ts";
import { pieces } from "./visible-text.ts";

/** More than this of one value is never laid out; the whole of it can be copied. */
const longest = 4_000;

/** Text that a server, a certificate or a file wrote: nodes in which nothing can hide or reorder. */
export function textNodes(text: string): (Node | string)[] {
  return pieces(text).map((piece) => {
    if (piece.kind === "text") return piece.text;
    if (piece.kind === "secret")
      return h("span", { class: "secret", title: "A secret; its value is not shown" }, piece.text);
    if (piece.kind === "mask")
      return h(
        "span",
        { class: "mask", role: "img", "aria-label": "masked", title: "Masked: a credential" },
        piece.text,
      );
    return h("span", { class: "escape", title: piece.name }, piece.text);
  });
}

/** The same in a span that takes its own direction, cut off where it is longer than any sensible value. */
export function serverText(text: string, className = "", limit = longest): HTMLSpanElement {
  const span = h("span", { class: className || null, dir: "auto" }, ...textNodes(text.slice(0, limit)));
  if (text.length > limit) {
    span.append(h("span", { class: "muted" }, ` … ${(text.length - limit).toLocaleString()} more characters`));
  }
  return span;
}
