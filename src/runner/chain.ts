import { Failure } from "../common/failure.ts";
import { prepareRequest } from "../resolve/index.ts";
import { createRedactor, type Redactor } from "../secrets/index.ts";
import { clearPassphrase } from "../settings/index.ts";
import { secretPromptNames } from "../syntax/index.ts";
import type { BodyStore, Transport } from "../transport/index.ts";
import type { BodyFiles } from "./body-store/body-files.ts";
import { notSentBecause, tooManyRequests, unexpected } from "./chain-failures.ts";
import type { Consent } from "./consent/consent.ts";
import { ExchangeCookies } from "./cookies/exchange-cookies.ts";
import type { CookieJars } from "./cookies/jars.ts";
import { withDefaultHeaders } from "./default-headers.ts";
import { readDelay, wait } from "./delay.ts";
import type { Exchange } from "./exchange.ts";
import { beginExchange, type Draft } from "./exchange-draft.ts";
import { type LivePorts, LiveResponse } from "./live-response.ts";
import { withKeptBackIdentity } from "./no-client-cert.ts";
import type { Passphrases } from "./passphrases/passphrases.ts";
import { unlockingTransport } from "./passphrases/unlocking-transport.ts";
import { sendFollowing } from "./redirects/follow.ts";
import { redirectRule } from "./redirects/rule.ts";
import { requestSource } from "./request-source.ts";
import { readRetryRule } from "./retry/rule.ts";
import { sendWithRetries } from "./retry/send-with-retries.ts";
import type { RunValues } from "./run-values.ts";
import { saveBody } from "./saved-body/save-body.ts";
import type { Session, SessionEntry } from "./session.ts";
import type { SourceFiles } from "./source-files.ts";
import type { Step, Steps } from "./steps.ts";
import { isNoCookieJar, isNoLog, isSendable, namedTargets, type Target, targetName } from "./target.ts";
import { versionNotes } from "./version-note.ts";
import { wireHeaders } from "./wire-headers.ts";

/** What is the same for all requests of one run. */
export interface ChainContext {
  readonly transport: Transport;
  readonly passphrases: Passphrases;
  readonly session: Session;
  /** For what is too large for memory. */
  readonly bodies: BodyFiles;
  readonly cookies: CookieJars;
  /** Holds the settings, which grow by what the person allows. */
  readonly consent: Consent;
  readonly files: SourceFiles;
  readonly steps: Steps;
  readonly values: RunValues;
  readonly environmentName: string;
  /** Given from outside the files, for every request of the run; escaped, so that they are put in as they are. */
  readonly variables: ReadonlyMap<string, string>;
  /** Those of them that answer a secret prompt of another file. */
  readonly secretVariables: ReadonlySet<string>;
  readonly signal: AbortSignal;
  /** Gets each exchange but the last one. */
  readonly onExchange: (exchange: Exchange) => void;
  readonly onProgress: LivePorts["onProgress"];
  readonly onEvents: LivePorts["onEvents"];
}

const mostRequests = 500;

/** One request and those that it asks to be sent before it, which may ask for others. */
export class Chain {
  readonly #context: ChainContext;
  readonly #transport: Pick<Transport, "send">;
  /** Every secret that a request of this run, or an earlier one that it refers to, was given: any response may echo it. */
  readonly #secrets: Redactor = createRedactor();
  #sent = 0;

  constructor(context: ChainContext) {
    this.#context = context;
    this.#transport = unlockingTransport(context.transport, {
      passphrases: context.passphrases,
      ask: (question, signal) => context.values.askPassphrase(question, signal),
      onPassphrase: (passphrase) => this.#secrets.hide(passphrase, clearPassphrase),
    });
  }

  /**
   * Sends the steps of the block, then its own request. A block of `run` lines alone has the exchange of the last one.
   * Never rejects.
   */
  async run(target: Target, overrides: ReadonlyMap<string, string>): Promise<Exchange> {
    const draft = beginExchange(requestSource(target));
    try {
      // A request that cannot be read is refused as it is: nothing is sent for its sake.
      const steps = hasErrors(target) || !isSendable(target.block) ? [] : await this.#context.steps.of(target);
      const last = await this.#runSteps(steps, target, overrides);
      if (last) return last;
      return await this.#send(target, overrides, draft);
    } catch (error) {
      return draft.failed(error instanceof Failure ? error : unexpected(error), this.#withSecrets(createRedactor()));
    }
  }

  /** @returns the exchange of a block without a request of its own */
  async #runSteps(
    steps: readonly Step[],
    { block }: Target,
    overrides: ReadonlyMap<string, string>,
  ): Promise<Exchange | undefined> {
    let last: Exchange | undefined;
    const report = () => {
      if (last) this.#context.onExchange(last);
      last = undefined;
    };
    for (const step of steps) {
      for (const target of step.targets) {
        if (this.#hasAnswered(step, target)) continue;
        report();
        const passedOn = block.request ? step.overrides : new Map([...overrides, ...step.overrides]);
        last = withNoLogOf(block, await this.run(target, passedOn));
        if (last.outcome.kind === "response") continue;
        if (!block.request) return last;
        const { failure } = last.outcome;
        report();
        throw notSentBecause(targetName(target), failure, step.location);
      }
    }
    if (!block.request) return last;
    report();
    return undefined;
  }

  async #send(target: Target, overrides: ReadonlyMap<string, string>, draft: Draft): Promise<Exchange> {
    const { consent, files, values, bodies, signal } = this.#context;
    const { file, block } = target;
    if (++this.#sent > mostRequests) throw tooManyRequests(mostRequests, file.locate(block.range));
    const delay = readDelay(block, file.locate);
    const retry = readRetryRule(block, file.locate);
    const imports = await files.imports(file);
    const named = namedTargets([file, ...imports]);
    const given = new Map([...this.#givenTo(block), ...overrides]);
    const sources = await values.sources(target, imports, given, {
      requestNames: [...named.keys()],
      exchange: (name) => this.#recall(named.get(name))?.known,
    });
    const prepared = await consent.attempt(file.locate(block.request?.lineRange ?? block.range), async (settings) => {
      const made = await prepareRequest({ file: file.parsed, block, filePath: file.path, settings, sources });
      if (!made.ok) throw made.error;
      return made.value;
    });
    if (delay !== undefined) await wait(delay, signal);
    const request = { ...prepared, headers: withDefaultHeaders(prepared.headers) };
    this.#secrets.include(request.redactor);
    const redactor = () => this.#withSecrets(request.redactor);
    const live = new LiveResponse(draft, redactor, this.#context);
    const { settings } = consent;
    const transport = receivingTransport(this.#transport, bodies.store(redactor), settings.maxBodySize);
    const send = (through: Pick<Transport, "send">) => {
      const ports = { transport: through, settings, cookies: this.#cookiesOf(block), signal, onProgress: live.receive };
      return sendFollowing(ports, request, redirectRule(block));
    };
    const ports = { transport, signal, random: Math.random };
    const sent = await sendWithRetries(ports, retry, request, send).finally(() => live.stop());
    const answered = withKeptBackIdentity(sent, block, file.locate);
    const followed = { ...answered, notes: [...answered.notes, ...versionNotes(answered)] };
    // The settings of another host may have given the redactor more to hide.
    this.#secrets.include(request.redactor);
    const sentHeaders = wireHeaders(followed.request, followed.result.connection);
    const received = draft.sent(followed, sentHeaders, this.#withSecrets(request.redactor));
    const exchange = await saveBody(received, consent.settings.root);
    this.#remember(target, exchange);
    return exchange;
  }

  #cookiesOf(block: Target["block"]): ExchangeCookies {
    const { cookies: jars, consent, environmentName: environment } = this.#context;
    const { settings } = consent;
    const place = { root: settings.root, environment };
    return new ExchangeCookies({ jars, place, settings, secrets: this.#secrets, isOff: isNoCookieJar(block) });
  }

  /** Without the answers to secret prompts of other blocks: here they would be variables like any other. */
  #givenTo(block: Target["block"]): readonly (readonly [name: string, value: string])[] {
    const { files, variables, secretVariables } = this.#context;
    const own = secretPromptNames([block]);
    const secret = new Set([...files.secretPrompts, ...secretVariables]);
    return [...variables].filter(([name]) => own.has(name) || !secret.has(name));
  }

  #hasAnswered({ when }: Step, target: Target): boolean {
    if (when === "always") return false;
    return this.#recall(target)?.source === sourceText(target);
  }

  /** What the session knows of a request. Whoever asks takes over the secrets that may stand in its response. */
  #recall(target: Target | undefined): SessionEntry | undefined {
    const key = target && this.#keyOf(target);
    const entry = key && this.#context.session.find(key);
    if (entry) this.#secrets.include(entry.known.redactor);
    return entry;
  }

  #remember(target: Target, exchange: Exchange): void {
    const key = this.#keyOf(target);
    if (key) this.#context.session.remember(key, sourceText(target), exchange);
  }

  #keyOf({ file, block }: Target) {
    const { environmentName: environment } = this.#context;
    return block.name && { environment, file: file.realPath, name: block.name.text };
  }

  #withSecrets(redactor: Redactor): Redactor {
    redactor.include(this.#secrets);
    return redactor;
  }
}

/** What a block of `run` lines alone sends is its own exchange: its `@no-log` holds for it. */
function withNoLogOf(block: Target["block"], exchange: Exchange): Exchange {
  if (block.request || !isNoLog(block)) return exchange;
  return { ...exchange, source: { ...exchange.source, noLog: true } };
}

function receivingTransport(
  transport: Pick<Transport, "send">,
  store: BodyStore,
  maxBodySize: number,
): Pick<Transport, "send"> {
  return { send: (request, signal) => transport.send({ ...request, store, maxBodySize }, signal) };
}

function sourceText({ file, block }: Target): string {
  return file.parsed.text.slice(block.range.start, block.range.end).trim();
}

function hasErrors({ file, block }: Target): boolean {
  const isLast = block.range.end === file.parsed.range.end;
  return file.parsed.problems.some(
    ({ severity, range: { start } }) =>
      severity === "error" && start >= block.range.start && (start < block.range.end || isLast),
  );
}
