import { isLoopbackHost } from "../../common/loopback.ts";
import type { Note } from "../../common/note.ts";
import type { PreparedRequest } from "../../resolve/prepared-request.ts";
import { checkSecret, createRedactor, type Redactor } from "../../secrets/index.ts";
import { matchesHost, patternFor, type Settings } from "../../settings/index.ts";
import type { ReceivedResponse, TransportResult } from "../../transport/index.ts";
import type { Cookie, CookieSecrets, CookieTraffic, KeptCookie, ReceivedCookie, WithheldCookie } from "./cookie.ts";
import { ownCookieNames, withCookies } from "./cookie-header.ts";
import type { CookieJar } from "./jar.ts";
import type { CookieJars, JarPlace } from "./jars.ts";
import { tooManyCookies, withheldNote } from "./notes.ts";

export interface CookieInput {
  readonly jars: CookieJars;
  readonly place: JarPlace;
  readonly settings: Settings;
  /** Of this run: a server may make a cookie of any of them. It learns what a cookie holds that is sent. */
  readonly secrets: Redactor;
  /** `# @no-cookie-jar`. */
  readonly isOff: boolean;
}

/** Fields of one response that are looked at. */
const mostReceived = 200;

/** The cookies of one request and of the redirects behind it: each hop sends those of its host and keeps what it is given. */
export class ExchangeCookies {
  readonly #input: CookieInput;
  readonly #notes: Note[] = [];
  #traffic: CookieTraffic = nothing;

  constructor(input: CookieInput) {
    this.#input = input;
  }

  /** Of the request that was attached last; undefined where no cookie was in it. */
  get traffic(): CookieTraffic | undefined {
    const { sent, withheld, received } = this.#traffic;
    return sent.length + withheld.length + received.length === 0 ? undefined : this.#traffic;
  }

  get notes(): readonly Note[] {
    return this.#notes;
  }

  /** The request with the cookies of the jar that may go to its host. `home`: the URL that the request file names. */
  attach(request: PreparedRequest, home: URL): PreparedRequest {
    this.#traffic = nothing;
    const { url, method } = request;
    const jar = this.#input.jars.find(this.#input.place);
    if (!jar || this.#refusal(url) !== undefined) return request;
    const own = ownCookieNames(request);
    const found = jar.matching({ url, home, method }, Date.now()).filter(({ name }) => !own.has(name));
    const withheld = found.flatMap((cookie) => this.#withheld(cookie, url) ?? []);
    const names = new Set(withheld.map(({ cookie }) => cookie));
    const sent = found.filter((cookie) => !names.has(cookie));
    for (const { carried } of sent) if (carried.redactor) this.#learn(carried.redactor, request.redactor);
    this.#traffic = {
      sent,
      withheld: withheld.map(({ cookie: { name }, secrets }) => ({ name, secrets })),
      received: [],
    };
    if (withheld.length > 0) this.#notes.push(withheldNote(this.#traffic.withheld, url));
    return withCookies(request, sent);
  }

  /** Keeps what the response sets, also of one that broke off. */
  async take({ url }: Pick<PreparedRequest, "url">, { outcome }: TransportResult): Promise<void> {
    if (outcome.kind === "failure" && !outcome.requestSent) this.#traffic = { ...this.#traffic, sent: [] };
    const response = outcome.kind === "response" ? outcome.response : outcome.received;
    const fields = response ? setCookieFields(response) : [];
    if (fields.length === 0) return;
    const looked = fields.slice(0, mostReceived);
    if (fields.length > mostReceived) this.#notes.push(tooManyCookies(fields.length, mostReceived, url));
    const refusal = this.#refusal(url);
    const received = refusal === undefined ? await this.#keep(looked, url) : await describe(looked, url, refusal);
    this.#traffic = { ...this.#traffic, received };
  }

  async #keep(fields: readonly Field[], url: URL): Promise<ReceivedCookie[]> {
    const { jars, place, secrets } = this.#input;
    const jar: CookieJar = await jars.open(place);
    const known = new Known(secrets);
    return fields.map(({ header, value }) => {
      const { name, cookie, refusal, removed } = jar.take(value, url, Date.now(), (taken) => known.in(taken));
      const outcome = refusal !== undefined ? "refused" : removed ? "removed" : "kept";
      return { header, name, cookie, outcome, reason: refusal };
    });
  }

  /** Why the jar has nothing to do with this host. */
  #refusal(url: URL): string | undefined {
    const { isOff, settings } = this.#input;
    if (isOff) return "# @no-cookie-jar stands above the request";
    if (isLoopbackHost(url.hostname)) return undefined;
    const host = patternFor(url);
    if (url.protocol !== "https:") return `${host} is another machine, and plain http is not encrypted`;
    const isUnverified = settings.unverifiedHosts.some((pattern) => matchesHost(pattern, url));
    return isUnverified ? `the certificate of ${host} need not verify (padlock.unverifiedHosts)` : undefined;
  }

  /** A cookie may hold what the server was sent: that goes nowhere where the request itself could not send it. */
  #withheld(cookie: KeptCookie, url: URL): (WithheldCookie & { readonly cookie: KeptCookie }) | undefined {
    const { settings, secrets } = this.#input;
    const { names } = cookie.carried;
    const all = new Set([...names, ...namesIn(cookie, secrets)]);
    const refused = [...all].filter((name) => !checkSecret(settings, name, url).ok);
    const isPrivate = cookie.carried.isPrivate && url.origin !== cookie.origin;
    return refused.length > 0 || isPrivate ? { cookie, name: cookie.name, secrets: refused } : undefined;
  }

  #learn(from: Redactor, request: Redactor): void {
    request.include(from);
    this.#input.secrets.include(from);
  }
}

const nothing: CookieTraffic = { sent: [], withheld: [], received: [] };

interface Field {
  readonly header: number;
  readonly value: string;
}

function setCookieFields({ headers }: ReceivedResponse): Field[] {
  return headers.flatMap(([name, value], header) => (name.toLowerCase() === "set-cookie" ? [{ header, value }] : []));
}

async function describe(fields: readonly Field[], url: URL, reason: string): Promise<ReceivedCookie[]> {
  const { readSetCookie } = await import("./set-cookie.ts");
  return fields.map(({ header, value }) => {
    const { name, cookie } = readSetCookie(value, url, Date.now());
    return { header, name, cookie, outcome: "ignored", reason };
  });
}

/** What a run knows when a response comes; the copy is made for the first cookie that holds something. */
class Known {
  readonly #secrets: Redactor;
  #copy: Redactor | undefined;

  constructor(secrets: Redactor) {
    this.#secrets = secrets;
  }

  in(cookie: Cookie): CookieSecrets {
    const names = namesIn(cookie, this.#secrets);
    const isPrivate = formsOf(cookie).some((form) => this.#secrets.holdsUnnamed(form));
    return { names, isPrivate, redactor: isPrivate || names.length > 0 ? this.#redactor() : undefined };
  }

  #redactor(): Redactor {
    if (!this.#copy) {
      this.#copy = createRedactor();
      this.#copy.include(this.#secrets);
    }
    return this.#copy;
  }
}

/** As it is sent, and its parts: a value can be secret as a whole field alone. */
function formsOf({ name, value }: Cookie): readonly string[] {
  return [name, value, `${name}=${value}`];
}

function namesIn(cookie: Cookie, secrets: Redactor): readonly string[] {
  return [...new Set(formsOf(cookie).flatMap((form) => secrets.namesIn(form)))];
}
