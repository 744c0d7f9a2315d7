import { svg } from "./dom.ts";

/** Outlines on a 16 × 16 grid, drawn with a 1.5 unit pen in the colour of the text around them. */
const outlines = {
  check: "M3 8.6 6.4 12 13 4.8",
  cross: "M4 4l8 8M12 4l-8 8",
  warning: "M8 2.2 14.6 13.6H1.4ZM8 6.4v3.6M8 11.6v.4",
  info: "M8 7.2v4.4M8 4.4v.4M14.2 8A6.2 6.2 0 1 1 1.8 8a6.2 6.2 0 0 1 12.4 0Z",
  redirect: "M3 12.6V9.4a3 3 0 0 1 3-3h6.6M9.4 3 12.8 6.4 9.4 9.8",
  lock: "M3.2 7.2h9.6v6.6H3.2ZM5.2 7.2V5a2.8 2.8 0 0 1 5.6 0v2.2M8 9.8v1.6",
  unlock: "M3.2 7.2h9.6v6.6H3.2ZM5.2 7.2V4.6a2.8 2.8 0 0 1 5.4-1M8 9.8v1.6",
  blocked: "M14.2 8A6.2 6.2 0 1 1 1.8 8a6.2 6.2 0 0 1 12.4 0ZM3.7 3.7l8.6 8.6",
  again: "M13.4 8A5.4 5.4 0 1 1 11.7 4.1L13.6 6M13.6 2.4V6H10",
  copy: "M5.6 5.6h8v8h-8ZM10.4 5.6V2.4h-8v8h3.2",
  open: "M9.4 2.4h4.2v4.2M13.4 2.6 7.4 8.6M12 9.6v4H2.4V4h4",
  save: "M8 2.2v8M4.8 7.2 8 10.4l3.2-3.2M2.6 13.6h10.8",
  stop: "M4.4 4.4h7.2v7.2H4.4Z",
  chevron: "M6 3.6 10.4 8 6 12.4",
  key: "M7 8.2A3 3 0 1 1 2.6 8.2a3 3 0 0 1 4.4 0ZM7.6 9.6h6v2.2M11.2 9.6v1.6",
  certificate:
    "M2.2 2.8h11.6v8H9.6M6.4 10.8H2.2ZM8 12a2.2 2.2 0 1 0 0-4.4A2.2 2.2 0 0 0 8 12ZM6.8 11.8v2.8L8 13.8l1.2.8v-2.8M4.6 5.4h6.8",
  search: "M10.6 6.6a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM9.6 9.6l4 4",
  file: "M3.4 1.8h5.8l3.4 3.4v9H3.4ZM9 2v3.4h3.4",
  shield: "M8 1.8 13.4 4v4c0 3-2.2 5.2-5.4 6.4C4.8 13.2 2.6 11 2.6 8V4ZM5.6 8l1.8 1.8 3-3.2",
  send: "M2.4 8 13.8 2.8 10.4 13.6 7.6 9.2ZM7.6 9.2l2.6-2.4",
} as const;

export type IconName = keyof typeof outlines;

/** A decoration: hidden from assistive technology, so a text must always stand beside it. */
export function icon(name: IconName, className = ""): SVGElement {
  return svg(
    "svg",
    { class: `icon ${className}`.trim(), viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: outlines[name] }),
  );
}
