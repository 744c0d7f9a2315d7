import { duration } from "../common/units.ts";
import type { ExchangeView } from "../protocol/exchange-view.ts";
import type { RequestKey } from "./request-key.ts";

const limit = 1000;

/** The last outcome of each request, in memory, for the CodeLens. A request that was edited since has none. */
export class Outcomes {
  readonly #texts = new Map<string, string>();

  set(document: string, key: RequestKey, exchange: ExchangeView): void {
    const id = outcomeId(document, key);
    this.#texts.delete(id);
    this.#texts.set(id, outcomeText(exchange));
    // A Map keeps the order of insertion: its first key is the oldest.
    const oldest = this.#texts.keys().next();
    if (this.#texts.size > limit && !oldest.done) this.#texts.delete(oldest.value);
  }

  get(document: string, key: RequestKey): string | undefined {
    return this.#texts.get(outcomeId(document, key));
  }
}

/** "200 · 43 ms", "tls.expired". */
function outcomeText({ response, failure, timings }: ExchangeView): string {
  return response && !failure ? `${response.status} · ${duration(timings.total)}` : (failure?.code ?? "");
}

function outcomeId(document: string, key: RequestKey): string {
  return `${document}\n${key.digest}`;
}
