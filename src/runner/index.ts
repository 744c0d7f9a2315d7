import { Failure } from "../common/failure.ts";
import { untrustedWorkspace } from "../common/untrusted-workspace.ts";
import { escapeValue } from "../resolve/value-escapes.ts";
import { createRedactor } from "../secrets/index.ts";
import { type RawSettings, readSettings } from "../settings/index.ts";
import type { Transport } from "../transport/index.ts";
import type { BodyFiles } from "./body-store/body-files.ts";
import { Chain } from "./chain.ts";
import { firstOf, noSuchBlock, unexpected } from "./chain-failures.ts";
import { Consent } from "./consent/consent.ts";
import type { CookieJars } from "./cookies/jars.ts";
import { refuseCycles } from "./cycles.ts";
import type { Exchange } from "./exchange.ts";
import { beginExchange } from "./exchange-draft.ts";
import type { LastSource } from "./last-source.ts";
import type { LivePorts } from "./live-response.ts";
import type { Passphrases } from "./passphrases/passphrases.ts";
import { requestSource } from "./request-source.ts";
import { RunValues, type ValuePorts } from "./run-values.ts";
import type { Session } from "./session.ts";
import { type SourceFile, unopenedSource } from "./source-file.ts";
import { SourceFiles } from "./source-files.ts";
import { Steps } from "./steps.ts";
import type { Target } from "./target.ts";

export { BodyFiles } from "./body-store/body-files.ts";
export { unexpected } from "./chain-failures.ts";
export type { Cookie, CookieTraffic, ReceivedCookie } from "./cookies/cookie.ts";
export { type CookieFilter, CookieJars, type PlacedCookie } from "./cookies/jars.ts";
export type { Exchange } from "./exchange.ts";
export { type InspectInput, type Inspection, inspectHost } from "./inspect/inspect-host.ts";
export { LastSource } from "./last-source.ts";
export { Passphrases } from "./passphrases/passphrases.ts";
export type { PlacedQuestion } from "./run-values.ts";
export { copyBody } from "./saved-body/copy-body.ts";
export { redactBody } from "./saved-body/redact-body.ts";
export { Session, type SessionEntry } from "./session.ts";

export interface RunRequest {
  readonly text: string;
  /** Absolute. */
  readonly file: string;
  /** Index into the parsed file's blocks. */
  readonly block: number;
  readonly settings: RawSettings;
  /** Does the person trust the workspace folder? If not, nothing is sent and nothing is read. */
  readonly trusted: boolean;
  /** "" for none. */
  readonly environmentName: string;
  /** Values that take the place of the variables of this name, in the request and in those sent before it. */
  readonly variables?: ReadonlyMap<string, string> | undefined;
  /** See `RunInput` of the engine. */
  readonly secretVariables?: ReadonlySet<string> | undefined;
  readonly signal: AbortSignal;
  /** Gets each exchange before the last one. */
  readonly onExchange: (exchange: Exchange) => void;
  readonly onProgress?: LivePorts["onProgress"];
  readonly onEvents?: LivePorts["onEvents"];
}

export interface RunnerPorts extends ValuePorts {
  readonly transport: Transport;
  readonly passphrases: Passphrases;
  readonly session: Session;
  readonly cookies: CookieJars;
  readonly bodies: BodyFiles;
  readonly lastSource: LastSource;
}

/**
 * In a workspace that is not trusted nothing but the given text is looked at. Else settings, then the requests that are named, then each request with its identity, then the network: the first that is
 * wrong ends it. Never rejects.
 */
export async function runRequest(ports: RunnerPorts, input: RunRequest): Promise<Exchange> {
  if (!input.trusted) return refuseUntrusted(input);
  const file = await ports.lastSource.open(input.text, input.file, input.settings.root);
  const block = file.parsed.blocks[input.block];
  const target = block && { file, block };
  const draft = beginExchange(target ? requestSource(target) : emptySource(file));
  try {
    const settings = readSettings(input.settings);
    if (!settings.ok) throw firstOf(settings.error);
    if (!target) throw noSuchBlock();
    const consent = new Consent(settings.value, ports.consent, input.signal);
    const chain = await consent.attempt(file.locate(target.block.range), () =>
      startChain(ports, input, consent, target),
    );
    return await chain.run(target, new Map());
  } catch (error) {
    // No value was read yet.
    return draft.failed(error instanceof Failure ? error : unexpected(error), createRedactor());
  }
}

/** @throws {Failure} for what keeps the whole chain from being sent */
async function startChain(ports: RunnerPorts, input: RunRequest, consent: Consent, target: Target): Promise<Chain> {
  const { environmentName, signal, onExchange, onProgress, onEvents } = input;
  const { transport, passphrases, session, cookies, bodies } = ports;
  const { settings } = consent;
  const { file } = target;
  const files = new SourceFiles(file, settings);
  const steps = new Steps(files);
  const imports = await files.imports(file);
  session.noteReach(
    input.file,
    [file, ...imports].map(({ realPath }) => realPath),
  );
  await refuseCycles(target, steps);
  const variables = new Map([...(input.variables ?? [])].map(([name, value]) => [name, escapeValue(value)]));
  const values = new RunValues(ports, settings, environmentName, signal);
  const context = {
    transport,
    passphrases,
    session,
    cookies,
    consent,
    files,
    steps,
    values,
    environmentName,
    variables,
    secretVariables: input.secretVariables ?? new Set(),
    signal,
    onExchange,
    bodies,
    onProgress,
    onEvents,
  };
  return new Chain(context);
}

/** Pure: no port is asked, and the file on the disk is not even looked for. */
function refuseUntrusted({ text, file: path, block: index, settings: { root } }: RunRequest): Exchange {
  const file = unopenedSource(text, path, root);
  const block = file.parsed.blocks[index];
  const draft = beginExchange(block ? requestSource({ file, block }) : emptySource(file));
  return draft.failed(new Failure(untrustedWorkspace), createRedactor());
}

function emptySource({ shown }: SourceFile): Exchange["source"] {
  return { name: undefined, method: "GET", url: "", file: shown, line: 1 };
}
