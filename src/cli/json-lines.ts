import { terminalJson } from "./render/terminal-text.ts";

/** A JSON document over several lines. */
export function prettyJson(document: object): string {
  return `${JSON.stringify(document, null, 2).split("\n").map(terminalJson).join("\n")}\n`;
}

/** A JSON array with a line for each item: a program reads the whole, a person finds an item in it. */
export function jsonLines(items: readonly object[]): string {
  return `[${items.map((item) => `\n${terminalJson(JSON.stringify(item))}`).join(",")}\n]\n`;
}
