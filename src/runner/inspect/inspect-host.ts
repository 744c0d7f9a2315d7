import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Failure } from "../../common/failure.ts";
import type { Note } from "../../common/note.ts";
import { untrustedWorkspace } from "../../common/untrusted-workspace.ts";
import { type PreparedRequest, prepareRequest } from "../../resolve/index.ts";
import { createRedactor, type Redactor } from "../../secrets/index.ts";
import { clearPassphrase, type RawSettings, readSettings, type Settings } from "../../settings/index.ts";
import type { InspectionResult, Transport } from "../../transport/index.ts";
import { firstOf, unexpected } from "../chain-failures.ts";
import { Consent } from "../consent/consent.ts";
import type { Passphrases } from "../passphrases/passphrases.ts";
import { unlocked } from "../passphrases/unlocking-transport.ts";
import { RunValues, type ValuePorts } from "../run-values.ts";
import { unopenedSource } from "../source-file.ts";

export interface InspectInput {
  /** A name or an IP address; an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Sent as SNI and verified in place of `host`. */
  readonly serverName?: string | undefined;
  readonly settings: RawSettings;
  /** Does the person trust the workspace folder? If not, no connection is made. */
  readonly trusted: boolean;
  /** "" for none. */
  readonly environmentName: string;
  readonly signal: AbortSignal;
}

/** A look at a server's TLS, and what came of it. Not yet redacted: only `protocol` may show it. */
export interface Inspection extends Omit<InspectionResult, "connection"> {
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly host: string;
  readonly port: number;
  readonly redactor: Redactor;
  readonly connection: InspectionResult["connection"] | undefined;
}

export interface InspectPorts extends ValuePorts {
  readonly transport: Transport;
  readonly passphrases: Passphrases;
}

/**
 * Looks at the TLS of a host with what the settings say of it: the certificates that it is shown and verified with, its
 * proxy, its limits. No byte of a request is sent. Never rejects.
 */
export async function inspectHost(ports: InspectPorts, input: InspectInput): Promise<Inspection> {
  const start = performance.now();
  const redactor = createRedactor();
  const { host, port } = input;
  const base = { id: randomUUID(), startedAt: new Date().toISOString(), host, port, redactor };
  try {
    if (!input.trusted) throw new Failure(untrustedWorkspace);
    const settings = readSettings(input.settings);
    if (!settings.ok) throw firstOf(settings.error);
    const { prepared, values } = await prepare(ports, input, settings.value);
    redactor.include(prepared.redactor);
    const result = await look(ports, input, prepared, values, redactor);
    redactor.include(prepared.redactor);
    return { ...base, ...result, notes: [...prepared.notes, ...result.notes] };
  } catch (error) {
    const failure = error instanceof Failure ? error : unexpected(error);
    return { ...base, ...nothingSeen(withoutMadeUpPlace(failure), performance.now() - start) };
  }
}

/** A file that nobody has: what stands in it is asked for as if somebody had written it. */
const madeUpFile = "inspect.https";

async function prepare(ports: InspectPorts, input: InspectInput, settings: Settings) {
  const { host, port, environmentName, signal } = input;
  const text = `GET https://${host.includes(":") ? `[${host}]` : host}:${port}/\n`;
  const source = unopenedSource(text, join(settings.root, madeUpFile), settings.root);
  const [block] = source.parsed.blocks;
  if (!block) throw new TypeError("the request has no block");
  const values = new RunValues(ports, settings, environmentName, signal);
  const requests = { requestNames: [], exchange: () => undefined };
  const sources = await values.sources({ file: source, block }, [], new Map(), requests);
  const consent = new Consent(settings, ports.consent, signal);
  const prepared = await consent.attempt(source.locate(block.range), async (allowed) => {
    const made = await prepareRequest({
      file: source.parsed,
      block,
      filePath: source.path,
      settings: allowed,
      sources,
    });
    if (!made.ok) throw made.error;
    return made.value;
  });
  return { prepared, values };
}

function look(
  { transport, passphrases }: InspectPorts,
  { host, port, serverName, signal }: InspectInput,
  { profile, timeouts, timeoutOrigins }: PreparedRequest,
  values: RunValues,
  redactor: Redactor,
): Promise<InspectionResult> {
  const unlock = {
    passphrases,
    ask: values.askPassphrase.bind(values),
    onPassphrase: (passphrase: string) => redactor.hide(passphrase, clearPassphrase),
  };
  const named = serverName === undefined ? profile : { ...profile, serverName, serverNameOption: "--servername" };
  return unlocked(unlock, named, signal, (opened) =>
    transport.inspect({ host, port, profile: opened, timeouts, timeoutOrigins }, signal),
  );
}

function withoutMadeUpPlace(failure: Failure): Failure {
  return failure.location?.file === madeUpFile ? failure.withoutPlace() : failure;
}

function nothingSeen(failure: Failure, total: number) {
  const none = { blocked: null, dns: null, connect: null, ssl: null, send: null, wait: null, receive: null };
  const notes: readonly Note[] = [];
  return {
    outcome: { kind: "failure", failure, requestSent: false } as const,
    connection: undefined,
    timings: { ...none, total },
    notes,
    versions: [],
  };
}
