import { setTimeout } from "node:timers/promises";
import { Failure, type FailureCode } from "../../common/failure.ts";
import type { Note } from "../../common/note.ts";
import { duration, plural } from "../../common/units.ts";
import type { PreparedRequest } from "../../resolve/index.ts";
import type { Transport, TransportResult } from "../../transport/index.ts";
import type { Followed } from "../redirects/follow.ts";
import { pauseBefore, retryAfter } from "./pause.ts";
import type { RetryRule } from "./rule.ts";

export interface RetryPorts {
  readonly transport: Pick<Transport, "send">;
  readonly signal: AbortSignal;
  /** Gives 0 to 1. */
  readonly random: () => number;
}

/** RFC 9110 §9.2.1, and QUERY: they change nothing on the server. */
const safeMethods = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"]);

/** The server is busy or on its way: curl's `--retry` has the same, but 425 (RFC 8470 §5.2). */
const passingStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What may be over in a moment. Never a refusal: who is not verified or not allowed will not be the next time. */
const passingFailures: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "network.dns",
  "network.refused",
  "network.reset",
  "network.unreachable",
  "network.proxy",
  "network.stream-reset",
  "timeout.connect",
  "timeout.handshake",
  "timeout.response",
  "timeout.idle",
]);

/**
 * Sends a request again where its `# @retry` asks for it, with all its redirects, until it is answered, the count is
 * used up or the total timeout would pass: that one is for all attempts and pauses together.
 *
 * @param send one attempt, over the given transport
 */
export async function sendWithRetries(
  { transport, signal, random }: RetryPorts,
  rule: RetryRule | undefined,
  request: PreparedRequest,
  send: (transport: Pick<Transport, "send">) => Promise<Followed>,
): Promise<Followed> {
  if (!rule) return send(transport);
  const start = performance.now();
  const left = () => request.timeouts.total - (performance.now() - start);
  const inTime: Pick<Transport, "send"> = {
    send: (next, stop) =>
      transport.send({ ...next, timeLeft: Math.min(next.timeLeft ?? next.timeouts.total, left()) }, stop),
  };
  const reasons: string[] = [];
  const withNotes = (followed: Followed, ...more: Note[]): Followed => ({
    ...followed,
    notes: [...followed.notes, ...(reasons.length === 0 ? [] : [attemptsNote(reasons)]), ...more],
  });
  for (let attempt = 1; ; attempt++) {
    const followed = await send(attempt === 1 ? transport : inTime);
    const reason = reasonToRetry(followed.result);
    if (reason === undefined || attempt > rule.count) return withNotes(followed);
    if (!rule.unsafe && !safeMethods.has(request.method)) return withNotes(followed, unsafeNote(request.method));
    const pause = Math.max(pauseBefore(attempt + 1, rule.firstPause, random), askedPause(followed.result));
    if (pause >= left()) return withNotes(followed, tooLateNote(pause, request.timeouts.total));
    reasons.push(reason);
    const wasCanceled = await setTimeout(pause, false, { signal }).catch(() => true);
    if (wasCanceled) return withNotes(canceledInPause(followed));
  }
}

/** "503" or "network.refused"; undefined for what would come of it again. */
function reasonToRetry({ outcome }: TransportResult): string | undefined {
  if (outcome.kind === "failure") {
    const { code } = outcome.failure;
    return passingFailures.has(code) ? code : undefined;
  }
  const { status } = outcome.response;
  return passingStatuses.has(status) ? String(status) : undefined;
}

function askedPause({ outcome }: TransportResult): number {
  return (outcome.kind === "response" ? retryAfter(outcome.response, Date.now()) : undefined) ?? 0;
}

function attemptsNote(reasons: readonly string[]): Note {
  return { level: "information", text: `${plural(reasons.length, "attempt")} failed before: ${reasons.join(", ")}.` };
}

function unsafeNote(method: string): Note {
  const text = `It was not sent again: ${method} may change something on the server each time. Write "unsafe" at the end of @retry if that is no harm.`;
  return { level: "warning", text };
}

function tooLateNote(pause: number, total: number): Note {
  const text = `It was not sent again: a pause of ${duration(pause)} would go beyond the total timeout of ${duration(total)}.`;
  return { level: "warning", text };
}

function canceledInPause(followed: Followed): Followed {
  const { result } = followed;
  const requestSent = result.outcome.kind === "response" || result.outcome.requestSent;
  const failure = new Failure({
    code: "canceled",
    title: "The request was canceled",
    detail: "You stopped it before it was sent again.",
    fix: "Send it again when you are ready.",
  });
  return { ...followed, result: { ...result, outcome: { kind: "failure", failure, requestSent } } };
}
