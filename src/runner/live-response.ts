import { createLiveText, type LiveText, type Redactor } from "../secrets/index.ts";
import type { Exchange } from "./exchange.ts";
import type { Draft } from "./exchange-draft.ts";
import { isEventStream, Progress } from "./progress.ts";
import type { Receiving } from "./redirects/follow.ts";

/** Who wants to see a response while it comes in. */
export interface LivePorts {
  /** Gets about ten looks a second at a response that takes long, and at an event stream from its beginning. */
  readonly onProgress: ((exchange: Exchange) => void) | undefined;
  /** Gets the text of an event stream as it comes, redacted, every piece once; `exchange` is made when it is asked for. */
  readonly onEvents: ((text: string, exchange: () => Exchange) => void) | undefined;
}

/** One exchange's response on its way in, or those of its redirects one after the other. */
export class LiveResponse {
  readonly #draft: Draft;
  readonly #redactor: () => Redactor;
  readonly #ports: LivePorts;
  readonly #progress: Progress;
  #receiving: Receiving | undefined;
  #events: LiveText | undefined;

  constructor(draft: Draft, redactor: () => Redactor, ports: LivePorts) {
    this.#draft = draft;
    this.#redactor = redactor;
    this.#ports = ports;
    this.#progress = new Progress(() => this.#show());
  }

  /** Bound: it is handed on. */
  readonly receive = (receiving: Receiving): void => {
    const { read, piece } = receiving;
    this.#receiving = receiving;
    if (this.#ports.onProgress) this.#progress.note(read);
    if (!this.#ports.onEvents) return;
    if (piece) this.#tell(this.#events?.push(piece));
    else this.#events = isEventStream(read().response) ? createLiveText(this.#redactor()) : undefined;
  };

  /** Nothing is shown or told after it. */
  stop(): void {
    this.#progress.stop();
    this.#tell(this.#events?.end());
    this.#events = undefined;
  }

  #tell(text: string | undefined): void {
    if (text) this.#ports.onEvents?.(text, () => this.#exchange());
  }

  #show(): void {
    this.#ports.onProgress?.(this.#exchange());
  }

  #exchange(): Exchange {
    if (!this.#receiving) throw new Error("nothing has come yet");
    return this.#draft.receiving(this.#receiving, this.#redactor());
  }
}
