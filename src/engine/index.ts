import type { ExchangeView } from "../protocol/exchange-view.ts";
import { toView } from "../protocol/to-view.ts";
import { type Exchange, LastSource, Passphrases, runRequest, Session, unexpected } from "../runner/index.ts";
import { loadRawSettings } from "../settings/index.ts";
import { createTransport } from "../transport/index.ts";
import type { Engine, EnginePorts } from "./contract.ts";
import { knownResponse } from "./known-response.ts";
import { MaskedHeaders } from "./masked-headers.ts";

export type { Engine, EnginePorts, RawSettings, RunInput } from "./contract.ts";

/** The face of the engine bundle: loaded at the first send by the extension, at start by the command line. */
export function createEngine(ports: EnginePorts): Engine {
  const transport = createTransport();
  const runner = {
    ...ports,
    transport,
    passphrases: new Passphrases(),
    session: new Session(),
    lastSource: new LastSource(),
  };
  const maskedHeaders = new MaskedHeaders();
  const viewOf = (exchange: Exchange) => {
    const view = safeView(exchange);
    maskedHeaders.keep(exchange, view);
    return view;
  };
  return {
    run: async ({ onExchange, ...input }) =>
      viewOf(await runRequest(runner, { ...input, onExchange: (exchange) => onExchange?.(viewOf(exchange)) })),
    lastResponse: (file, requestName) => {
      const entry = runner.session.latest(file, requestName);
      return entry && knownResponse(entry);
    },
    reveal: (exchangeId, header) => maskedHeaders.reveal(exchangeId, header),
    findSettings: loadRawSettings,
    close: () => transport.close(),
  };
}

/** A response that cannot be shown is a failure of ours, and must not end the run of those that follow. */
function safeView(exchange: Exchange): ExchangeView {
  try {
    return toView(exchange);
  } catch (error) {
    return toView({ ...exchange, outcome: { kind: "failure", failure: unexpected(error), requestSent: true } });
  }
}
