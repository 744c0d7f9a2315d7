import { relative, sep } from "node:path";
import { Failure } from "../common/failure.ts";
import { type PreparedRequest, prepareRequest } from "../resolve/index.ts";
import { createRedactor, type Environment } from "../secrets/index.ts";
import { type RawSettings, readSettings } from "../settings/index.ts";
import { createLineMap, parse, type RequestBlock, type RequestFile } from "../syntax/index.ts";
import type { Timings, Transport } from "../transport/index.ts";
import { withDefaultHeaders } from "./default-headers.ts";
import type { Exchange } from "./exchange.ts";
import { wireHeaders } from "./wire-headers.ts";

export type { Exchange } from "./exchange.ts";

export interface RunRequest {
  readonly text: string;
  /** Absolute. */
  readonly file: string;
  /** Index into the parsed file's blocks. */
  readonly block: number;
  readonly settings: RawSettings;
  readonly signal: AbortSignal;
}

export interface RunnerPorts {
  readonly transport: Transport;
  readonly environment: Environment;
}

let lastId = 0;

/** Settings, then the request, then the identity, then the network: the first that is wrong ends it. Never rejects. */
export async function runRequest(ports: RunnerPorts, input: RunRequest): Promise<Exchange> {
  const start = performance.now();
  const file = parse(input.text);
  const block = file.blocks[input.block];
  const base = {
    id: `${process.pid}-${++lastId}`,
    startedAt: new Date().toISOString(),
    source: describeSource(file, block, input),
  };
  const failed = (failure: Failure): Exchange => ({
    ...base,
    // Whoever read a value has redacted the failure itself.
    redactor: createRedactor(),
    request: undefined,
    sentHeaders: [],
    outcome: { kind: "failure", failure, requestSent: false },
    connection: undefined,
    timings: onlyTotal(performance.now() - start),
  });
  try {
    const prepared = await prepare(ports, input, file, block);
    const request = { ...prepared, headers: withDefaultHeaders(prepared.headers) };
    const { outcome, connection, timings } = await ports.transport.send(request, input.signal);
    return {
      ...base,
      redactor: request.redactor,
      request,
      sentHeaders: wireHeaders(request),
      outcome: locate(outcome, request),
      connection,
      timings,
    };
  } catch (error) {
    return failed(error instanceof Failure ? error : unexpected(error));
  }
}

async function prepare(
  { environment }: RunnerPorts,
  input: RunRequest,
  file: RequestFile,
  block: RequestBlock | undefined,
): Promise<PreparedRequest> {
  const settings = readSettings(input.settings);
  if (!settings.ok) throw firstOf(settings.error);
  if (!block) {
    throw new Failure({
      code: "parse.error",
      title: "There is no such request",
      detail: "The file has fewer requests than that; it was changed meanwhile.",
      fix: "Send a request that is in the file.",
    });
  }
  const prepared = await prepareRequest({
    file,
    block,
    filePath: input.file,
    settings: settings.value,
    environment,
  });
  if (!prepared.ok) throw prepared.error;
  return prepared.value;
}

/** One failure stops the request; the text says when there are more, so that nobody mends them one send at a time. */
function firstOf(failures: readonly Failure[]): Failure {
  const [first, ...others] = failures;
  if (!first) throw new TypeError("a failed result holds a failure");
  if (others.length === 0) return first;
  const more = others.map(({ detail, location }) => `${location ? `line ${location.line}: ` : ""}${detail}`).join(" ");
  const { code, title, detail, fix, location, setting, cause } = first;
  return new Failure({ code, title, detail: `${detail} Also: ${more}`, fix, location, setting, cause });
}

/** A failure of the network knows no file: the request line is where to look. */
function locate(outcome: Exchange["outcome"], { location }: PreparedRequest): Exchange["outcome"] {
  if (outcome.kind === "response") return outcome;
  return { ...outcome, failure: outcome.failure.at(location) };
}

function describeSource(file: RequestFile, block: RequestBlock | undefined, input: RunRequest): Exchange["source"] {
  const request = block?.request;
  const offset = request?.lineRange.start ?? block?.range.start ?? 0;
  return {
    name: block?.name?.text,
    method: request?.method?.text ?? "GET",
    url: request?.url.text ?? "",
    file: relative(input.settings.root, input.file).split(sep).join("/"),
    line: createLineMap(file.text).positionAt(offset).line + 1,
  };
}

function onlyTotal(total: number): Timings {
  return { blocked: null, dns: null, connect: null, ssl: null, send: null, wait: null, receive: null, total };
}

/** A defect of ours: said as one. Only the error's class is told: its message could hold anything, a secret too. */
export function unexpected(cause: unknown): Failure {
  return new Failure({
    code: "internal",
    title: "Padlock failed",
    detail: `This is a defect in Padlock, not in your request (${cause instanceof Error ? cause.name : typeof cause}). Nothing more was sent.`,
    fix: "Please report it with the request file, without its secrets.",
    cause,
  });
}
