import type { ExchangeView } from "../protocol/exchange-view.ts";
import { viewKept } from "../protocol/to-cookie-view.ts";
import { toInspectionView } from "../protocol/to-inspection-view.ts";
import { toView } from "../protocol/to-view.ts";
import {
  BodyFiles,
  CookieJars,
  type Exchange,
  inspectHost,
  LastSource,
  Passphrases,
  runRequest,
  Session,
  unexpected,
} from "../runner/index.ts";
import { loadRawSettings } from "../settings/index.ts";
import { createTransport } from "../transport/index.ts";
import type { Engine, EnginePorts } from "./contract.ts";
import { KeptBodies } from "./kept-bodies.ts";
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
    cookies: new CookieJars(),
    bodies: new BodyFiles(ports.bodyFolder),
    lastSource: new LastSource(),
  };
  const maskedHeaders = new MaskedHeaders();
  const bodies = new KeptBodies();
  const viewOf = (exchange: Exchange) => {
    const view = safeView(exchange);
    maskedHeaders.keep(exchange, view);
    bodies.keep(exchange);
    return view;
  };
  return {
    run: async ({ onExchange, onProgress, onEvents, ...input }) =>
      viewOf(
        await runRequest(runner, {
          ...input,
          onExchange: (exchange) => onExchange?.(viewOf(exchange)),
          onProgress: onProgress && ((exchange) => onProgress(safeView(exchange))),
          onEvents: onEvents && ((text, exchange) => onEvents(text, () => safeView(exchange()))),
        }),
      ),
    inspect: async (input) => toInspectionView(await inspectHost(runner, input)),
    lastResponse: (file, requestName) => {
      const entry = runner.session.latest(file, requestName);
      return entry && knownResponse(entry);
    },
    reveal: (exchangeId, header) => maskedHeaders.reveal(exchangeId, header),
    cookies: (root) => runner.cookies.list(root === undefined ? {} : { root }).map(viewKept),
    revealCookie: (id) => {
      const [cookie] = runner.cookies.list({ id });
      return cookie && (cookie.carried.redactor?.redact(cookie.value) ?? cookie.value);
    },
    clearCookies: (filter) => runner.cookies.clear(filter),
    saveBody: (exchangeId, file) => bodies.save(exchangeId, file),
    bodyFile: (exchangeId, name) => bodies.file(exchangeId, name),
    findSettings: loadRawSettings,
    close: async () => {
      await transport.close();
      await runner.bodies.close();
    },
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
