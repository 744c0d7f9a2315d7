import { type Child, h, present } from "./dom.ts";

export interface Fact {
  readonly name: string;
  readonly value: readonly Child[];
  readonly testId?: string;
}

/** Names on the left, values on the right: a real table, each row headed by its name. */
export function factsTable(label: string, facts: readonly Fact[]): HTMLTableElement {
  return h(
    "table",
    { class: "facts-table", "aria-label": label },
    h(
      "tbody",
      {},
      ...facts.map(({ name, value, testId }) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, name),
          h(
            "td",
            { "data-testid": testId },
            ...present(value).map((part) => (typeof part === "string" ? h("span", {}, part) : part)),
          ),
        ),
      ),
    ),
  );
}

/** What stands where the runtime cannot tell: never a blank, never a guess. */
export function unknown(words = "not available on this runtime"): HTMLElement {
  return h("span", { class: "muted" }, words);
}
