import type { ExchangeView, HeaderView } from "../protocol/exchange-view.ts";
import type { Exchange } from "../runner/index.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { HeaderPlace } from "./contract.ts";

/** Exchanges of which the masked headers are kept; the panel shows the last one. */
const mostExchanges = 20;

type Values = ReadonlyMap<number, string>;

interface Kept {
  readonly redactor: Redactor;
  readonly request: Values;
  readonly response: Values;
}

/** What the views have masked in headers, in memory only: for a person who asks to see one of them. */
export class MaskedHeaders {
  readonly #exchanges = new Map<string, Kept>();

  keep({ id, redactor, sentHeaders, outcome }: Exchange, view: ExchangeView): void {
    const received = (outcome.kind === "response" ? outcome.response : outcome.received)?.headers ?? [];
    const request = maskedValues(view.request.headers, sentHeaders);
    const response = maskedValues(view.response?.headers ?? [], received);
    if (request.size + response.size === 0) return;
    this.#exchanges.set(id, { redactor, request, response });
    const oldest = this.#exchanges.keys().next();
    if (this.#exchanges.size > mostExchanges && !oldest.done) this.#exchanges.delete(oldest.value);
  }

  /** Secrets are still shown by name. Undefined for a header that is not masked, and for an exchange that is not kept. */
  reveal(exchangeId: string, { part, index }: HeaderPlace): string | undefined {
    const kept = this.#exchanges.get(exchangeId);
    const value = kept?.[part].get(index);
    return value === undefined ? undefined : kept?.redactor.redact(value);
  }
}

function maskedValues(shown: readonly HeaderView[], fields: Exchange["sentHeaders"]): Values {
  const masked = fields.flatMap(([, value], index) => (shown[index]?.masked ? [[index, value] as const] : []));
  return new Map(masked);
}
