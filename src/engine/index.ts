import { toView } from "../protocol/to-view.ts";
import { runRequest } from "../runner/index.ts";
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
    run: async (input) => toView(await runRequest({ transport, environment }, input)),
    findSettings: loadRawSettings,
    close: () => transport.close(),
  };
}
