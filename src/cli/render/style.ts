import type { Output } from "../output.ts";

/** Select Graphic Rendition parameters (ECMA-48, 8.3.117), on and off. */
const sgr = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

type StyleName = keyof typeof sgr;

/** Colours a text that is already safe for a terminal; without colours every function returns its argument. */
export type Style = Readonly<Record<StyleName, (text: string) => string>>;

export function createStyle(colours: boolean): Style {
  const paint = (name: StyleName) => (text: string) =>
    colours && text !== "" ? `\u001b[${sgr[name][0]}m${text}\u001b[${sgr[name][1]}m` : text;
  return {
    bold: paint("bold"),
    dim: paint("dim"),
    red: paint("red"),
    green: paint("green"),
    yellow: paint("yellow"),
    cyan: paint("cyan"),
  };
}

/** FORCE_COLOR decides where it is set (as in Node.js), then NO_COLOR (no-color.org), then whether a person looks on. */
export function wantsColours(
  output: Pick<Output, "isTerminal">,
  environment: (name: string) => string | undefined,
): boolean {
  const force = environment("FORCE_COLOR");
  if (force !== undefined) return force !== "0" && force !== "false";
  if (environment("NO_COLOR")) return false;
  return output.isTerminal && environment("TERM") !== "dumb";
}
