import { Failure } from "../../common/failure.ts";
import type { Note } from "../../common/note.ts";
import { type HostFacts, nothingCarried, type PreparedRequest } from "../../resolve/prepared-request.ts";
import type { Settings } from "../../settings/index.ts";
import type { Transport, TransportProgress, TransportRequest, TransportResult } from "../../transport/index.ts";
import type { CookieTraffic } from "../cookies/cookie.ts";
import type { ExchangeCookies } from "../cookies/exchange-cookies.ts";
import type { Hop, Withheld } from "../exchange.ts";
import { behindRedirect, type Turn, tooManyRedirects } from "./failures.ts";
import { readLocation, type Target } from "./location.ts";
import { nextMethod } from "./next-request.ts";
import { credentialsNotUsed, withheldNotes } from "./notes.ts";
import { type Parts, partsOf } from "./parts.ts";
import { checkTarget } from "./policy.ts";
import type { RedirectRule } from "./rule.ts";
import { withhold, withoutBody } from "./withhold.ts";

export interface FollowPorts {
  readonly transport: Pick<Transport, "send">;
  readonly settings: Settings;
  readonly cookies: ExchangeCookies;
  readonly signal: AbortSignal;
  /** Gets the response of whichever hop while it comes in; see `TransportRequest`. */
  readonly onProgress?: (receiving: Receiving) => void;
}

/** What came of a request and of the redirects that it was answered with. */
export interface Followed {
  /** The last request that was sent, or was to be. */
  readonly request: PreparedRequest;
  /** `timings` are those of the last request, but `total`, which is of all. */
  readonly result: TransportResult;
  readonly redirects: readonly Hop[];
  readonly notes: readonly Note[];
  /** Of the last request. */
  readonly cookies: CookieTraffic | undefined;
}

/** A response that is still coming in. */
export interface Receiving extends Pick<Followed, "request" | "redirects"> {
  readonly read: () => TransportProgress;
  readonly piece: Uint8Array | undefined;
}

/** Sends a request and, where there is a rule, follows the redirects that it is answered with. Never rejects with a `Failure`. */
export async function sendFollowing(
  ports: FollowPorts,
  request: PreparedRequest,
  rule: RedirectRule | undefined,
): Promise<Followed> {
  const { cookies } = ports;
  const sent = cookies.attach(request, request.url);
  const first = await ports.transport.send(watched(ports, sent, []), ports.signal);
  await cookies.take(request, first);
  if (!rule) return { request: sent, result: first, redirects: [], notes: cookies.notes, cookies: cookies.traffic };
  return new Journey(ports, request, sent, rule, first).follow();
}

function watched<T extends PreparedRequest>({ onProgress }: FollowPorts, request: T, redirects: readonly Hop[]): T {
  if (!onProgress) return request;
  const watch: TransportRequest["onProgress"] = (read, piece) => onProgress({ request, redirects, read, piece });
  return { ...request, onProgress: watch };
}

type Identity = HostFacts;

class Journey {
  readonly #ports: FollowPorts;
  readonly #rule: RedirectRule;
  /** As it was written: without the cookies of the jar. */
  readonly #first: PreparedRequest;
  /** By origin: what a cURL command presents to its own host is for no other, but for that one also the second time. */
  readonly #identities: Map<string, Identity>;
  readonly #redirects: Hop[] = [];
  readonly #withheld: Withheld[] = [];
  readonly #notes: Note[] = [];
  #parts: Parts | undefined;
  #request: PreparedRequest;
  #result: TransportResult;
  /** Milliseconds of all requests. */
  #spent: number;

  constructor(
    ports: FollowPorts,
    request: PreparedRequest,
    sent: PreparedRequest,
    rule: RedirectRule,
    first: TransportResult,
  ) {
    this.#ports = ports;
    this.#rule = rule;
    this.#first = request;
    this.#identities = new Map([[request.url.origin, request]]);
    this.#request = sent;
    this.#result = first;
    this.#spent = first.timings.total;
  }

  async follow(): Promise<Followed> {
    try {
      while (await this.#step());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#result = { ...this.#result, outcome: { kind: "failure", failure: error, requestSent: true } };
    }
    return {
      request: this.#request,
      result: { ...this.#result, timings: { ...this.#result.timings, total: this.#spent } },
      redirects: this.#redirects,
      notes: [...this.#notes, ...this.#ports.cookies.notes],
      cookies: this.#ports.cookies.traffic,
    };
  }

  /** @returns whether there is more to follow */
  async #step(): Promise<boolean> {
    const { outcome } = this.#result;
    if (outcome.kind === "failure") return false;
    const from = this.#request.url;
    const { status } = outcome.response;
    const target = readLocation(outcome.response, from);
    if (!target) return false;
    const turn: Turn = { status, from };
    const way = [...this.#redirects.map(({ url }) => new URL(url)), from, target.url];
    if (this.#redirects.length >= this.#rule.most) throw tooManyRedirects(turn, this.#rule.most, way);
    await this.#go(target, turn);
    return true;
  }

  async #go(target: Target, turn: Turn): Promise<void> {
    const { settings, cookies } = this.#ports;
    const hop = { target: target.url, home: this.#first.url, settings };
    checkTarget(target, turn, hop, this.#first.redactor);
    const identity = await this.#identityFor(target.url, turn);
    const method = nextMethod(this.#request.method, turn.status, this.#rule);
    const asksOnly = method !== this.#request.method || turn.status === 303;
    const before = this.#parts ?? partsOf(this.#first);
    const { parts, withheld } = withhold(asksOnly ? withoutBody(before) : before, hop);
    this.#withheld.push(...withheld.map(({ part, name, secrets }) => ({ part, name, secrets })));
    this.#notes.push(...withheldNotes(withheld, hop));
    if (target.hadCredentials) this.#notes.push(credentialsNotUsed(target.url));
    const { connection, timings } = this.#result;
    this.#redirects.push({
      method: this.#request.method,
      url: turn.from.href,
      status: turn.status,
      location: target.url.href,
      withheld: [...this.#withheld],
      cookies: cookies.traffic,
      connection,
      timings,
    });
    this.#parts = parts;
    this.#request = cookies.attach(this.#withParts(method, target.url, identity, parts), this.#first.url);
    this.#result = await this.#send(identity, turn);
    this.#spent += this.#result.timings.total;
  }

  #withParts(
    method: string,
    url: URL,
    { profile, timeouts, timeoutOrigins }: Identity,
    { headers, body }: Parts,
  ): PreparedRequest {
    return {
      ...this.#first,
      method,
      url,
      headers: headers.map(({ name, value }) => [name, value]),
      headerSecrets: headers.map(({ carried }) => carried),
      body: body?.bytes,
      bodySecrets: body?.carried ?? nothingCarried,
      // The server made it.
      urlSecrets: nothingCarried,
      profile,
      timeouts,
      timeoutOrigins,
    };
  }

  /** Chosen by the host of the hop alone, never carried. */
  async #identityFor(url: URL, turn: Turn): Promise<Identity> {
    try {
      const found = this.#identities.get(url.origin) ?? (await this.#first.profileFor(url));
      this.#identities.set(url.origin, found);
      return found;
    } catch (error) {
      throw error instanceof Failure ? behindRedirect(error, turn, url) : error;
    }
  }

  /** The total timeout of the request is for all hops together; a host's own may be shorter. */
  async #send({ timeouts, timeoutOrigins }: Identity, turn: Turn): Promise<TransportResult> {
    const { total } = this.#first.timeouts;
    const left = total - this.#spent;
    const ofAll = {
      timeouts: { ...timeouts, total },
      timeoutOrigins: { ...timeoutOrigins, total: this.#first.timeoutOrigins?.total },
      timeLeft: left,
    };
    const times = timeouts.total < left ? { timeouts } : ofAll;
    const result = await this.#ports.transport.send(
      watched(this.#ports, { ...this.#request, ...times }, this.#redirects),
      this.#ports.signal,
    );
    await this.#ports.cookies.take(this.#request, result);
    const { outcome } = result;
    if (outcome.kind === "response" || outcome.requestSent) return result;
    // The first request has left by now, whatever becomes of this one.
    const failure = behindRedirect(outcome.failure, turn, this.#request.url);
    return { ...result, outcome: { kind: "failure", failure, requestSent: true } };
  }
}
