import { Failure, type FailureCode } from "../../common/failure.ts";
import { wholeText } from "../../common/whole-text.ts";

/** RFC 9113 §6.8. */
export interface GoAway {
  readonly code: number;
  /** The last stream that the server may have acted on. */
  readonly lastStreamId: number;
  /** What the server says of it; hostile text. */
  readonly text: string;
}

export interface StreamEnd {
  readonly host: string;
  readonly id: number | undefined;
  /** Why the stream was closed; 0 for no error. */
  readonly code: number;
  readonly goAway: GoAway | undefined;
  readonly isClosed: boolean;
  readonly hasHead: boolean;
}

/** The cause of a failure whose request the server has certainly not acted on: it may be sent again (RFC 9113 §8.7). */
export class NotProcessed extends Error {}

interface CodeRule {
  readonly name: string;
  readonly means: string;
  readonly code?: FailureCode;
  readonly fix?: string;
}

const log = "Look into the server's log, or at a proxy between.";
const brokenRules = {
  code: "response.malformed",
  fix: "Write HTTP/1.1 in the request line to do without HTTP/2.",
} as const;

/** RFC 9113 §7, by number. */
const codes: readonly CodeRule[] = [
  { name: "NO_ERROR", means: "It gave no reason." },
  { name: "PROTOCOL_ERROR", means: "One of the two sides broke the rules of HTTP/2.", ...brokenRules },
  { name: "INTERNAL_ERROR", means: "It had an error of its own." },
  { name: "FLOW_CONTROL_ERROR", means: "More data came than the other side had allowed.", ...brokenRules },
  { name: "SETTINGS_TIMEOUT", means: "It waited too long for the settings to be acknowledged." },
  { name: "STREAM_CLOSED", means: "A frame came for a stream that had ended.", ...brokenRules },
  { name: "FRAME_SIZE_ERROR", means: "A frame had a wrong size.", ...brokenRules },
  {
    name: "REFUSED_STREAM",
    means: "It did not take the request up, so nothing has happened there.",
    fix: "Send again.",
  },
  { name: "CANCEL", means: "It does not want to go on with it." },
  { name: "COMPRESSION_ERROR", means: "The headers could not be decompressed.", ...brokenRules },
  { name: "CONNECT_ERROR", means: "The connection behind it broke." },
  { name: "ENHANCE_YOUR_CALM", means: "It finds the load too high.", fix: "Wait a while, then send again." },
  {
    name: "INADEQUATE_SECURITY",
    means: "It wants stronger encryption for HTTP/2.",
    fix: "Write HTTP/1.1 in the request line, or let the server name its cipher suites.",
  },
  {
    name: "HTTP_1_1_REQUIRED",
    means: "It wants HTTP/1.1 for this request.",
    fix: 'Write HTTP/1.1 in the request line, or remove "http2": true from the host\'s entry in padlock.hosts.',
  },
];

/** Why a stream ended without a whole response. What is not about HTTP/2 stays as it is: TLS alerts, resets. */
export function streamFailure(error: Error | undefined, end: StreamEnd): Error {
  const kind = error && "code" in error ? String(error.code) : "";
  if (error && !kind.startsWith("ERR_HTTP2")) return error;
  if (end.goAway) return goAwayFailure(end.goAway, end, error);
  if (kind === "ERR_HTTP2_ERROR") return notHttp2(end, error);
  if (end.isClosed && end.code === 0x8) return new Error("the server closed the connection");
  return resetFailure(end, error);
}

function resetFailure({ host, code, hasHead }: StreamEnd, error: Error | undefined): Failure {
  const rule = codes[code];
  const isUntouched = rule?.name === "REFUSED_STREAM";
  return new Failure({
    code: rule?.code ?? "network.stream-reset",
    title: hasHead ? "The server broke the response off" : "The server did not answer the request",
    detail: `${host} ended the HTTP/2 stream with the code ${nameOf(code)}. ${rule?.means ?? ""}`.trim(),
    fix: rule?.fix ?? log,
    cause: isUntouched ? new NotProcessed() : error,
  });
}

function goAwayFailure({ code, lastStreamId, text }: GoAway, end: StreamEnd, error: Error | undefined): Failure {
  const rule = codes[code];
  const isUntouched = end.id !== undefined && end.id > lastStreamId;
  const says = text === "" ? "" : ` It says: “${wholeText(text, 200)}”.`;
  const nothing = isUntouched ? " It has not acted on the request." : "";
  return new Failure({
    code: code !== 0 && rule?.code ? rule.code : "network.reset",
    title: end.hasHead ? "The connection broke in the middle of the response" : "The server closed the connection",
    detail: `${end.host} ended the HTTP/2 connection (GOAWAY) with the code ${nameOf(code)}. ${rule?.means ?? ""}${says}${nothing}`,
    fix: rule?.fix ?? "Send again. If it happens every time, look into the server's log, or at a proxy between.",
    cause: isUntouched ? new NotProcessed() : error,
  });
}

function notHttp2({ host }: StreamEnd, cause: Error | undefined): Failure {
  return new Failure({
    code: "response.malformed",
    title: "The server's answer is not valid HTTP/2",
    detail: `${host} chose HTTP/2 for the connection (ALPN) and then sent what breaks its rules.`,
    fix: brokenRules.fix,
    cause,
  });
}

function nameOf(code: number): string {
  const name = codes[code]?.name;
  return name === undefined ? `${code}` : `${name} (${code})`;
}
