import type { TransportProgress } from "../transport/index.ts";

/** Milliseconds from one look at a response to the next. */
const interval = 100;
/** Milliseconds after which a response that is still coming in is shown. */
const patience = 250;

/**
 * Looks at a response that is coming in about ten times a second: at an event stream at once, at others when they take
 * long. `stop` ends it.
 */
export class Progress {
  readonly #show: (read: () => TransportProgress) => void;
  #timer: NodeJS.Timeout | undefined;
  #shownAt: number | undefined;
  #isOver = false;

  constructor(show: (read: () => TransportProgress) => void) {
    this.#show = show;
  }

  /** Something has come. */
  note(read: () => TransportProgress): void {
    if (this.#timer !== undefined || this.#isOver) return;
    const wait = this.#shownAt === undefined ? firstWait(read) : this.#shownAt + interval - performance.now();
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#shownAt = performance.now();
        this.#show(read);
      },
      Math.max(0, wait),
    );
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}

function firstWait(read: () => TransportProgress): number {
  return isEventStream(read().response) ? 0 : patience;
}

/** `text/event-stream` (HTML §9.2). */
export function isEventStream({ headers }: Pick<TransportProgress["response"], "headers">): boolean {
  const [, value = ""] = headers.find(([name]) => name.toLowerCase() === "content-type") ?? [];
  return /^\s*text\/event-stream\s*(?:;|$)/i.test(value);
}
