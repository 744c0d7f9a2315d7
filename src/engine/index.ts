import type { ExchangeView } from "../protocol/exchange-view.ts";
import { toView } from "../protocol/to-view.ts";
import { type Exchange, runRequest, unexpected } from "../runner/index.ts";
import type { Environment } from "../secrets/index.ts";
import { loadRawSettings } from "../settings/index.ts";
import { createTransport } from "../transport/index.ts";
import type { Engine } from "./contract.ts";

export type { Engine, RawSettings, RunInput } from "./contract.ts";

export interface EngineOptions {
  /** Where `{{$env.NAME}}` and `${env:NAME}` are read from, at each run. */
  readonly environment: Environment;
}

/** The face of the engine bundle: loaded at the first send by the extension, at start by the command line. */
export function createEngine({ environment }: EngineOptions): Engine {
  const transport = createTransport();
  return {
    run: async (input) => viewOf(await runRequest({ transport, environment }, input)),
    findSettings: loadRawSettings,
    close: () => transport.close(),
  };
}

/** A response that cannot be shown is a failure of ours, and must not end the run of those that follow. */
function viewOf(exchange: Exchange): ExchangeView {
  try {
    return toView(exchange);
  } catch (error) {
    return toView({ ...exchange, outcome: { kind: "failure", failure: unexpected(error), requestSent: true } });
  }
}
