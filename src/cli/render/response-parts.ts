import { byteSize } from "../../common/units.ts";
import type { HeaderView, ResponseView } from "../../protocol/exchange-view.ts";
import { statusLine } from "../../protocol/status-words.ts";
import { renderBody } from "./body.ts";
import type { Style } from "./style.ts";
import { terminalLine } from "./terminal-text.ts";

/** One line for each 1xx response, with its fields: "103 Early Hints · Link: </a.css>; rel=preload". */
export function renderInformational({ informational = [] }: ResponseView, style: Style): string[] {
  return informational.map((interim) => {
    const fields = interim.headers.map(field).map((text) => ` · ${text}`);
    return style.dim(`${terminalLine(statusLine(interim))}${fields.join("")}`);
  });
}

export function renderTrailers({ trailers = [] }: ResponseView, style: Style): string[] {
  return trailers.length === 0 ? [] : ["", ...trailers.map((trailer) => `${style.dim("trailer")} ${field(trailer)}`)];
}

/** What had come of a response when it failed; nothing where there is none. */
export function renderPartial(response: ResponseView | null, style: Style): string[] {
  if (!response) return [];
  const { httpVersion, body } = response;
  const line = terminalLine(`${httpVersion} ${statusLine(response)}`);
  const size = body.size === 0 ? "nothing of the body" : `${byteSize(body.size)} of the body`;
  const text = renderBody(body, style);
  return ["", style.dim(`What had come: ${line}, ${size}`), ...text, ...renderTrailers(response, style)];
}

function field({ name, value }: HeaderView): string {
  return terminalLine(`${name}: ${value}`);
}
