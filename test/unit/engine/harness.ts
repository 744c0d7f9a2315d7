import type { IncomingMessage, ServerResponse } from "node:http";
import type { EnginePorts, RawSettings, RunInput } from "../../../src/engine/contract.ts";
import { createEngine } from "../../../src/engine/index.ts";
import type { ExchangeView } from "../../../src/protocol/exchange-view.ts";
import { parse } from "../../../src/syntax/index.ts";
import { createTestPki } from "../../support/pki.ts";
import { type RecordedRequest, serverIdentity, startTlsServer } from "../../support/servers.ts";
import { makeWorkspace } from "../../support/temp.ts";
import { ports } from "./given.ts";

export interface SendOptions {
  readonly environmentName?: string;
  readonly variables?: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal;
  readonly onProgress?: NonNullable<RunInput["onProgress"]>;
  readonly onEvents?: NonNullable<RunInput["onEvents"]>;
  /** The person's own settings. */
  readonly person?: Readonly<Record<string, unknown>>;
  /** Over the server's entry in `padlock.hosts` of the workspace. */
  readonly ownHost?: Readonly<Record<string, unknown>>;
}

export interface Sent {
  readonly view: ExchangeView;
  /** Those that were sent before it, in order. */
  readonly before: readonly ExchangeView[];
  /** What reached the server, as "GET /path". */
  readonly arrived: readonly string[];
}

type Answer = (request: IncomingMessage, response: ServerResponse, recorded: RecordedRequest) => void;

/** A server, a workspace whose settings trust it, and one engine. HOST in a file stands for the server. */
export async function startHarness(answer: Answer) {
  const pki = await createTestPki();
  const server = await startTlsServer({ ...serverIdentity(pki.server), handler: answer });
  const host = `localhost:${server.port}`;
  const workspace = await makeWorkspace({
    "certs/ca.pem": pki.root.certificatePem,
    ".vscode/settings.json": JSON.stringify({
      "padlock.hosts": { [host]: { ca: ["certs/ca.pem"] } },
      "padlock.secrets": { PASSWORD: [host], KEY: [host], pin: [host] },
    }),
  });
  let engine = createEngine(ports());
  return {
    server,
    workspace,
    host,
    get engine() {
      return engine;
    },
    /** A new session, with these environment variables. */
    restart: async (environment: Readonly<Record<string, string>> = {}, changes: Partial<EnginePorts> = {}) => {
      await engine.close();
      engine = createEngine(ports(environment, changes));
    },
    write: (name: string, text: string) => workspace.write(name, text.replaceAll("HOST", host)),
    /** Sends the block of this name; without one the last block. */
    send: async (
      name: string,
      text: string,
      request?: string,
      { person = {}, ownHost = {}, ...options }: SendOptions = {},
    ): Promise<Sent> => {
      const content = text.replaceAll("HOST", host);
      const file = await workspace.write(name, content);
      const { blocks } = parse(content);
      const block =
        request === undefined ? blocks.length - 1 : blocks.findIndex((found) => found.name?.text === request);
      const before: ExchangeView[] = [];
      const seen = server.recorded.length;
      const view = await engine.run({
        text: content,
        file,
        block,
        settings: withChanges(await engine.findSettings(file), { host, person, ownHost }),
        trusted: true,
        environmentName: "",
        signal: new AbortController().signal,
        ...options,
        onExchange: (exchange) => before.push(exchange),
      });
      return { view, before, arrived: server.recorded.slice(seen).map(({ method, url }) => `${method} ${url}`) };
    },
    stop: async () => {
      await engine.close();
      await server.close();
      await workspace.remove();
    },
  };
}

export type Harness = Awaited<ReturnType<typeof startHarness>>;

function withChanges(
  raw: RawSettings,
  { host, person, ownHost }: Required<Pick<SendOptions, "person" | "ownHost">> & { readonly host: string },
): RawSettings {
  const hosts = { [host]: { ca: ["certs/ca.pem"], ...ownHost } };
  return { ...raw, person, values: { ...raw.values, "padlock.hosts": hosts } };
}
