import type { HeaderPlace, HostMessage, PanelMessage } from "../protocol/messages.ts";

/** Null where the value is no longer kept. */
type Show = (value: string | null) => void;

/**
 * The masked headers that a person has asked to see, of the exchange that is shown. Revealed values live in its rows
 * only, and go with them.
 */
export class Reveals {
  readonly #exchangeId: string;
  readonly #post: (message: PanelMessage) => void;
  readonly #asked = new Map<string, Show>();

  constructor(exchangeId: string, post: (message: PanelMessage) => void) {
    this.#exchangeId = exchangeId;
    this.#post = post;
  }

  ask(place: HeaderPlace, show: Show): void {
    this.#asked.set(keyOf(place), show);
    this.#post({ type: "revealHeader", id: this.#exchangeId, ...place });
  }

  /** An answer to what was not asked, or was asked of another exchange, is dropped. */
  receive(answer: Extract<HostMessage, { type: "revealed" }>): void {
    const show = this.#asked.get(keyOf(answer));
    if (answer.id !== this.#exchangeId || !show) return;
    this.#asked.delete(keyOf(answer));
    show(answer.value);
  }
}

function keyOf({ part, index }: HeaderPlace): string {
  return `${part} ${index}`;
}
