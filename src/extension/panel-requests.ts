import type { LogOutputChannel } from "vscode";
import { assertNever } from "../common/assert-never.ts";
import type { HostMessage, PanelMessage } from "../protocol/messages.ts";
import type { EngineHost } from "./engine-host.ts";
import type { ExchangeCommands } from "./exchange-commands.ts";
import type { RequestRunner } from "./request-runner.ts";
import { revealHeader } from "./reveal-header.ts";
import type { SendCommands } from "./send-commands.ts";
import { escapeControls } from "./text.ts";

export interface PanelRequestPorts {
  readonly runner: RequestRunner;
  readonly send: SendCommands;
  readonly exchange: ExchangeCommands;
  readonly engine: Pick<EngineHost, "reveal">;
  readonly log: LogOutputChannel;
  answer(message: HostMessage): void;
  /** Asks before it does. */
  trust(request: { readonly id: string; readonly index: number }): Promise<void>;
  /** Looks at the TLS of the server of what the panel shows. */
  inspect(request: { readonly id: string }): Promise<void>;
  showCookies(): Promise<void>;
}

/** Does what a click in the panel asks for. */
export async function handlePanelMessage(message: PanelMessage, ports: PanelRequestPorts): Promise<void> {
  const { runner, send, exchange, engine, log } = ports;
  switch (message.type) {
    case "ready":
      return;
    case "cancel":
      return runner.cancel(message.id);
    case "sendAgain":
      return send.sendAgain();
    case "copy":
      return copy(message.what, exchange);
    case "copyText":
      return exchange.copyText(message.text);
    case "openBody":
      return exchange.openBody();
    case "saveBody":
      return exchange.saveBody();
    case "openCertificate":
      return exchange.openCertificate(message.index);
    case "reveal":
      return message.what === "request" ? exchange.revealRequest() : exchange.revealCause();
    case "revealHeader": {
      const answer = revealHeader(message, runner.state, engine);
      return answer && ports.answer(answer);
    }
    case "trustAuthority":
      return ports.trust(message);
    case "inspect":
      return ports.inspect(message);
    case "openSettings":
      return exchange.openSettings();
    case "showCookies":
      return ports.showCookies();
    case "rendered":
      return log.debug(`The panel painted exchange ${escapeControls(message.id)} in ${message.took.toFixed(1)} ms.`);
    case "problem":
      return log.error(`Panel: ${escapeControls(message.message)}`);
    default:
      return assertNever(message);
  }
}

function copy(what: "body" | "report" | "curl", exchange: ExchangeCommands): Promise<void> {
  if (what === "body") return exchange.copyBody();
  return what === "report" ? exchange.copyReport() : exchange.copyAsCurl();
}
