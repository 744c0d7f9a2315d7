import { byteSize, duration } from "../common/units.ts";
import type { ExchangeView } from "../protocol/exchange-view.ts";
import { renderExchange } from "./render/exchange.ts";
import { renderFailure } from "./render/failure.ts";
import type { Style } from "./render/style.ts";
import { terminalText } from "./render/terminal-text.ts";
import type { Channel } from "./reporter.ts";

/**
 * Prints an event stream while it comes: what is known of the exchange once, then line by line. A line that is so long
 * that it comes in parts is printed on several: a command for a build server must not grow together out of two.
 */
export class StreamPrinter {
  readonly #out: Channel;
  #id: string | undefined;

  constructor(out: Channel) {
    this.#out = out;
  }

  /** Has the exchange's body been printed already? */
  isOf({ id }: ExchangeView): boolean {
    return this.#id === id;
  }

  print(text: string, view: () => ExchangeView): Promise<void> {
    let head = "";
    if (this.#id === undefined) {
      const live = view();
      this.#id = live.id;
      head = `${renderExchange(withoutBody(live), this.#out.style)}\n`;
    }
    const plain = text.replaceAll("\r\n", "\n");
    const lines = terminalText(plain.endsWith("\n") ? plain.slice(0, -1) : plain).replace(/\n(?!\n|$)/g, "\n  ");
    return this.#out.output.write(`${head}${lines.startsWith("\n") ? "" : "  "}${lines}\n`);
  }

  end(): void {
    this.#id = undefined;
  }
}

/** The end of an exchange whose body was printed while it came. */
export function renderStreamEnd({ response, failure, timings }: ExchangeView, style: Style): string {
  const size = response ? `${byteSize(response.body.size)} in ${duration(timings.total)}` : "";
  // The line above the stream was printed while all was well.
  const [title = "", ...rest] = failure ? renderFailure(failure, style) : [];
  const lines = failure ? [`${style.red("✕")} ${title}`, ...rest] : [style.dim(`The stream ended: ${size}`)];
  return `${lines.map((line) => (line === "" ? "" : `  ${line}`)).join("\n")}\n`;
}

function withoutBody(view: ExchangeView): ExchangeView {
  const { response } = view;
  if (!response) return view;
  return { ...view, response: { ...response, body: { ...response.body, kind: "empty", text: "", raw: null } } };
}
