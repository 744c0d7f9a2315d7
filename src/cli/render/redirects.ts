import type { ConnectionReport, ExchangeView, RedirectView, WithheldView } from "../../protocol/exchange-view.ts";
import { renderCookies } from "./cookies.ts";
import type { Style } from "./style.ts";
import { terminalLine } from "./terminal-text.ts";

/** One line for each redirect that was followed: "→ 302 https://b.example.com/ ; Authorization withheld (API_TOKEN)". */
export function renderRedirects({ redirects }: ExchangeView, style: Style): string[] {
  return redirects.map(({ status, location, withheld, cookies, connection }: RedirectView) => {
    const way = `${style.dim("→")} ${status} ${warning(connection, style)}${terminalLine(location)}`;
    const held = withheld.length === 0 ? undefined : style.yellow(withheld.map(renderWithheld).join(", "));
    return [way, held, renderCookies(cookies, style)].filter((part) => part !== undefined).join(" ; ");
  });
}

/** One line for each warning and remark. */
export function renderNotes({ notes }: ExchangeView, style: Style): string[] {
  return notes.map(({ level, text }) => {
    const mark = level === "warning" ? style.yellow("!") : style.dim("·");
    return `${mark} ${terminalLine(text)}`;
  });
}

function renderWithheld({ part, name, secrets }: WithheldView): string {
  const what = part === "body" ? "body" : terminalLine(name ?? "header");
  return `${what} withheld${secrets.length === 0 ? "" : ` (${secrets.map(terminalLine).join(", ")})`}`;
}

/** Of the connection that the redirect came over. */
function warning(connection: ConnectionReport | null, style: Style): string {
  if (connection?.encrypted === false) return `${style.yellow("(over a connection that is not encrypted)")} `;
  return connection?.tls?.verdict.verified === false ? `${style.red("(from a host that is not verified)")} ` : "";
}
